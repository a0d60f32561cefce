/** Who asks, for the ledger and for idempotency keys. */
export interface Caller {
  readonly consumerId: string;
  readonly name: string;
}

/** There is no such thing. */
export interface Missing {
  readonly kind: 'missing';
  readonly what: 'product' | 'category' | 'supplier' | 'place';
  readonly id: string;
}

export const missing = (what: Missing['what'], id: string | number): Missing => ({ kind: 'missing', what, id: String(id) });

/** A value that must be unique is another's. */
export interface Taken {
  readonly kind: 'taken';
  readonly field: string;
}
