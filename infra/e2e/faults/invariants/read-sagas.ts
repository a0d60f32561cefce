import type { Sql } from '../databases.ts';

/** A saga of a person's order, with what became of the order later. */
export interface OrderSaga {
  readonly id: string;
  readonly state: string;
  readonly order_id: number | null;
  readonly amount_minor: string | null;
  readonly lines: readonly { readonly product_id: number; readonly quantity: number }[];
  /** Of the command by which the payment was asked for; null where it never was. */
  readonly payment_command: string | null;
  /** A later saga has given the payment back, or has put the goods back; `open`: one is at it, or waits for an operator. */
  readonly refund: 'none' | 'open' | 'done';
  readonly restock: 'none' | 'open' | 'done';
}

/** How far the sagas that undo a completed one are, by that one. */
const undoing = (field: 'paid_by_saga' | 'sold_by_saga') => `(
  SELECT data ->> '${field}' AS saga_id,
    CASE WHEN bool_or(state = 'COMPLETED') THEN 'done' WHEN bool_and(state = 'COMPENSATED') THEN 'none' ELSE 'open' END AS outcome
  FROM saga WHERE data ->> '${field}' IS NOT NULL GROUP BY 1)`;

export const readOrderSagas = (sql: Sql): Promise<OrderSaga[]> =>
  sql<OrderSaga>(
    'sagas',
    `SELECT s.id, s.state, (s.data ->> 'order_id')::int AS order_id, s.data ->> 'amount_minor' AS amount_minor, s.data -> 'lines' AS lines,
       p.command_id::text AS payment_command, coalesce(refund.outcome, 'none') AS refund, coalesce(restock.outcome, 'none') AS restock
     FROM saga s LEFT JOIN saga_step p ON p.saga_id = s.id AND p.step = 'PROCESS_PAYMENT' AND p.direction = 'FORWARD'
       LEFT JOIN ${undoing('paid_by_saga')} refund ON refund.saga_id = s.id
       LEFT JOIN ${undoing('sold_by_saga')} restock ON restock.saga_id = s.id
     WHERE s.definition = 'order-processing' ORDER BY s.seq`,
  );

/** FAILED sagas wait for an operator, open ones for their end: of neither is anything expected yet. */
export const isSettled = ({ state, refund, restock }: OrderSaga): boolean =>
  (state === 'COMPLETED' || state === 'COMPENSATED') && refund !== 'open' && restock !== 'open';
