/** Who asks. */
export interface Caller {
  readonly consumerId: string;
  readonly name: string;
}

/** There is no such thing. */
export interface Missing {
  readonly kind: 'missing';
  readonly what: 'order' | 'cart' | 'customer';
  readonly id: string;
}

export const missing = (what: Missing['what'], id: string): Missing => ({ kind: 'missing', what, id });

/** What became of an order. */
export type OrderOutcome =
  | { readonly kind: 'changed'; readonly id: number }
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string }
  | Missing;

/** A request that is safe to repeat where it has a key. */
export interface Repeatable {
  readonly idempotencyKey?: string | null | undefined;
  readonly caller: Caller;
}

/** What became of a cart. */
export type CartOutcome =
  | { readonly kind: 'changed'; readonly id: number }
  | { readonly kind: 'checked-out'; readonly id: number }
  | Missing;
