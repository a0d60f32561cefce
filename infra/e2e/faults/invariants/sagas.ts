import { type Invariant, rowsOf } from './invariant.ts';

/** The states of the contract, drawn once more: a fault in the product's own table must not excuse itself. */
const mayMove: Readonly<Record<string, readonly string[]>> = {
  'order-processing': [
    'PENDING STOCK_CHECKING',
    'STOCK_CHECKING STOCK_RESERVED',
    'STOCK_RESERVED ORDER_CREATED',
    'ORDER_CREATED PAYMENT_PROCESSING',
    'PAYMENT_PROCESSING PAYMENT_COMPLETED',
    'PAYMENT_COMPLETED COMPLETED',
    'STOCK_CHECKING COMPENSATING',
    'STOCK_RESERVED COMPENSATING',
    'ORDER_CREATED COMPENSATING',
    'PAYMENT_PROCESSING COMPENSATING',
    'PAYMENT_COMPLETED COMPENSATING',
    'COMPENSATING COMPENSATED',
    'COMPENSATING FAILED',
    'FAILED COMPENSATING',
  ],
  'order-cancellation': [
    'PENDING REFUND_PROCESSING',
    'REFUND_PROCESSING REFUNDED',
    'REFUNDED RESTOCKED',
    'RESTOCKED COMPLETED',
    'REFUND_PROCESSING COMPENSATING',
    'COMPENSATING COMPENSATED',
    'REFUND_PROCESSING FAILED',
    'REFUNDED FAILED',
    'RESTOCKED FAILED',
    'FAILED REFUND_PROCESSING',
    'FAILED REFUNDED',
    'FAILED RESTOCKED',
    'FAILED COMPLETED',
  ],
};

const moves = Object.entries(mayMove)
  .flatMap(([definition, pairs]) => pairs.map((pair) => `('${definition}', '${pair.split(' ').join("', '")}')`))
  .join(', ');

/** What undoes what, of order-processing; the other steps leave nothing to undo. */
const undoneBy = `(VALUES ('RESERVE_STOCK', 'RELEASE_STOCK'), ('CREATE_ORDER', 'CANCEL_ORDER'), ('PROCESS_PAYMENT', 'REFUND_PAYMENT')) AS undo(step, compensation)`;

export const sagaInvariants: readonly Invariant[] = [
  {
    name: 'I4 nothing happens to a saga that has ended',
    find: rowsOf(
      'sagas',
      `SELECT format('%s: %s after it was %s', later.saga_id, later.kind, last.state) AS violation
       FROM saga_event last JOIN saga_event later ON later.saga_id = last.saga_id AND later.number > last.number
       WHERE last.state IN ('COMPLETED', 'COMPENSATED')`,
    ),
  },
  {
    name: 'I5 a saga is where its history left it',
    find: rowsOf(
      'sagas',
      `SELECT format('%s is %s; its history ends with %s', s.id, s.state, last.state) AS violation FROM saga s
       LEFT JOIN LATERAL (SELECT state FROM saga_event e WHERE e.saga_id = s.id ORDER BY number DESC LIMIT 1) last ON true
       WHERE s.state IS DISTINCT FROM last.state`,
    ),
  },
  {
    name: 'I5 a saga only moves where it may',
    find: rowsOf(
      'sagas',
      `WITH may(definition, source, target) AS (VALUES ${moves}), move AS (
         SELECT e.saga_id, s.definition, coalesce(lag(e.state) OVER (PARTITION BY e.saga_id ORDER BY e.number), 'PENDING') AS source, e.state AS target
         FROM saga_event e JOIN saga s ON s.id = e.saga_id)
       SELECT format('%s: from %s to %s', saga_id, source, target) AS violation FROM move
       WHERE source <> target AND definition IN (SELECT definition FROM may)
         AND NOT EXISTS (SELECT FROM may WHERE (may.definition, may.source, may.target) = (move.definition, move.source, move.target))`,
    ),
  },
  {
    name: 'I5 versions have no gap',
    find: rowsOf(
      'sagas',
      `SELECT format('%s is at version %s; its history has %s and numbers to %s, its outbox %s', s.id, s.version, e.versions, e.lines, o.versions) AS violation
       FROM saga s
       LEFT JOIN (
         SELECT saga_id, array_agg(version ORDER BY version) FILTER (WHERE event IS NOT NULL) AS versions, count(*) AS lines, max(number) AS last
         FROM saga_event GROUP BY saga_id) e ON e.saga_id = s.id
       LEFT JOIN (
         SELECT aggregate_id, array_agg(aggregate_version ORDER BY aggregate_version) AS versions FROM outbox WHERE aggregate_type = 'saga'
         GROUP BY aggregate_id) o ON o.aggregate_id = s.id
       WHERE e.versions IS DISTINCT FROM array(SELECT generate_series(1, s.version)) OR o.versions IS DISTINCT FROM e.versions OR e.lines <> e.last`,
    ),
  },
  {
    name: 'I6 compensations are the reverse of what was done or is in doubt',
    find: rowsOf(
      'sagas',
      `WITH steps AS (
         SELECT s.id, s.state,
           coalesce(array_agg(undo.compensation ORDER BY t.ordinal DESC) FILTER (WHERE t.direction = 'FORWARD' AND t.status IN ('SUCCESS', 'IN_DOUBT')
             AND undo.compensation IS NOT NULL), '{}') AS owed,
           coalesce(array_agg(t.step ORDER BY t.ordinal) FILTER (WHERE t.direction = 'COMPENSATION'), '{}') AS begun,
           coalesce(array_agg(t.step ORDER BY t.ordinal) FILTER (WHERE t.direction = 'COMPENSATION' AND t.status = 'SUCCESS'), '{}') AS done
         FROM saga s LEFT JOIN saga_step t ON t.saga_id = s.id LEFT JOIN ${undoneBy} ON undo.step = t.step AND t.direction = 'FORWARD'
         GROUP BY s.id, s.state)
       SELECT format('%s is %s: %s owed, %s begun, %s done', id, state, owed, begun, done) AS violation FROM steps
       WHERE CASE state WHEN 'COMPENSATED' THEN done <> owed OR begun <> owed
         WHEN 'COMPLETED' THEN begun <> '{}'
         ELSE begun <> owed[1:cardinality(begun)] END`,
    ),
  },
];
