import { type Invariant, rowsOf } from './invariant.ts';

/** What came, what is there, what is promised and what was sold, by product and place. */
const levels = `
  SELECT l.product_id, l.place_id, l.on_hand, l.allocated, l.on_hand - l.allocated AS available,
    coalesce(m.received, 0) AS received, coalesce(m.on_hand, 0) AS ledger_on_hand, coalesce(m.allocated, 0) AS ledger_allocated,
    coalesce(r.held, 0) AS held, coalesce(r.sold, 0) AS sold
  FROM stock_level l
  LEFT JOIN (
    SELECT product_id, place_id, sum(on_hand_change) AS on_hand, sum(allocated_change) AS allocated,
      sum(on_hand_change) FILTER (WHERE kind IN ('INITIAL', 'COUNT', 'ADJUSTMENT')) AS received
    FROM stock_movement GROUP BY product_id, place_id) m USING (product_id, place_id)
  LEFT JOIN (
    SELECT product_id, place_id, sum(quantity) FILTER (WHERE state = 'HELD') AS held, sum(quantity) FILTER (WHERE state = 'SOLD') AS sold
    FROM reservation GROUP BY product_id, place_id) r USING (product_id, place_id)`;

export const stockInvariants: readonly Invariant[] = [
  {
    name: 'I1 what came is available, reserved or sold',
    find: rowsOf(
      'inventory',
      `SELECT format('product %s at place %s: %s came; available %s, reserved %s, sold %s', product_id, place_id, received, available, held, sold) AS violation
       FROM (${levels}) level WHERE received <> available + held + sold OR available < 0`,
    ),
  },
  {
    name: 'I1 the ledger adds up to the stock',
    find: rowsOf(
      'inventory',
      `SELECT format('product %s at place %s: on hand %s, allocated %s; the ledger says %s and %s', product_id, place_id, on_hand, allocated,
         ledger_on_hand, ledger_allocated) AS violation
       FROM (${levels}) level WHERE on_hand <> ledger_on_hand OR allocated <> ledger_allocated`,
    ),
  },
];
