import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { PaymentStatus } from '../domain/payment.ts';

export interface PaymentState {
  readonly id: string;
  readonly orderId: number;
  /** The key by which the provider knows it: the id of the command that asked for it. */
  readonly providerKey: string;
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly refundedMinor: bigint;
  readonly error: string | null;
}

interface StoredPayment {
  id: string;
  order_id: number;
  provider_key: string;
  status: PaymentStatus;
  amount_minor: string;
  currency: string;
  refunded_minor: string;
  error: string | null;
}

const columns = 'id, order_id, provider_key, status, amount_minor, currency, refunded_minor, error';

const toState = (row: StoredPayment): PaymentState => ({
  id: row.id,
  orderId: row.order_id,
  providerKey: row.provider_key,
  status: row.status,
  amountMinor: BigInt(row.amount_minor),
  currency: row.currency,
  refundedMinor: BigInt(row.refunded_minor),
  error: row.error,
});

export async function findPaymentOfSaga(em: EntityManager, sagaId: string): Promise<PaymentState | null> {
  const [row] = await query<StoredPayment>(em, frequent(`SELECT ${columns} FROM payment WHERE saga_id = $1`), [sagaId]);
  return row ? toState(row) : null;
}

export async function statusesOfPayments(em: EntityManager, orderId: number): Promise<PaymentStatus[]> {
  return (await query<{ status: PaymentStatus }>(em, frequent('SELECT status FROM payment WHERE order_id = $1'), [orderId])).map(
    ({ status }) => status,
  );
}

export interface NewPayment {
  readonly id: string;
  readonly orderId: number;
  readonly sagaId: string;
  readonly providerKey: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Masked. */
  readonly method: string;
}

export async function insertPayment(em: EntityManager, payment: NewPayment): Promise<void> {
  await query(
    em,
    unread('INSERT INTO payment (id, order_id, saga_id, provider_key, amount_minor, currency, method) VALUES ($1, $2, $3, $4, $5, $6, $7)'),
    [payment.id, payment.orderId, payment.sagaId, payment.providerKey, payment.amountMinor, payment.currency, payment.method],
  );
}

/** Writes down what the provider has answered. */
export async function settlePayment(
  em: EntityManager,
  id: string,
  {
    status,
    reference = null,
    error = null,
    refundedMinor = 0n,
  }: {
    readonly status: PaymentStatus;
    readonly reference?: string | null;
    readonly error?: string | null;
    readonly refundedMinor?: bigint;
  },
): Promise<void> {
  await query(
    em,
    unread(`UPDATE payment SET status = $2, provider_reference = coalesce($3, provider_reference), error = $4, refunded_minor = $5, updated_at = clock_timestamp()
     WHERE id = $1`),
    [id, status, reference, error, refundedMinor],
  );
}
