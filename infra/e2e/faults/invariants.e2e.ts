import { expect, test } from 'vitest';
import { openDatabases, type ServiceName, type Sql } from './databases.ts';
import { findViolations, invariants } from './invariants.ts';
import { startStack } from './stack.ts';
import type { Acknowledged } from './world.ts';

/** What a fault would leave behind. `:completed` is a saga that was completed, `:undone` one that was undone after its payment was declined. */
interface Plant {
  readonly named: string;
  readonly service: ServiceName;
  readonly sql: string;
}

const outboxColumns =
  'message_id, aggregate_type, aggregate_id, aggregate_version, exchange, routing_key, mandatory, type, payload, correlation_id, headers';
const senders = ['sagas', 'orders', 'inventory', 'customers'] as const satisfies readonly ServiceName[];

const plants: readonly Plant[] = [
  {
    named: 'I1 what came is available, reserved or sold',
    service: 'inventory',
    sql: `UPDATE reservation SET state = 'RELEASED' WHERE saga_id = :completed OR saga_id = :undone`,
  },
  {
    named: 'I1 the ledger adds up to the stock',
    service: 'inventory',
    sql: 'UPDATE stock_level SET on_hand = on_hand + 1 WHERE (product_id, place_id) IN (SELECT product_id, place_id FROM reservation WHERE saga_id IN (:completed, :undone))',
  },
  {
    named: 'I2 what was taken and not given back is what completed orders come to',
    service: 'payments',
    sql: `UPDATE capture SET amount_minor = amount_minor + 1 WHERE status = 'captured'`,
  },
  {
    named: 'I2 each payment is the saga’s own',
    service: 'payments',
    sql: `INSERT INTO capture (key, id, status, amount_minor) SELECT 'saga_nobodyknows', 'ch_twice', status, amount_minor FROM capture WHERE status = 'captured'`,
  },
  {
    named: 'I2 orders and provider agree',
    service: 'orders',
    sql: `UPDATE payment SET status = 'PENDING' WHERE saga_id = :completed`,
  },
  {
    named: 'I3 what was undone holds neither stock nor order',
    service: 'inventory',
    sql: `UPDATE reservation SET state = 'HELD', ended_at = NULL WHERE saga_id = :undone`,
  },
  {
    named: 'I3 what was undone holds neither stock nor order',
    service: 'orders',
    sql: `UPDATE customer_order SET status = 'CONFIRMED' WHERE saga_id = :undone`,
  },
  {
    named: 'I3 what belongs to no saga does not exist',
    service: 'inventory',
    sql: `WITH hold AS (INSERT INTO saga_hold (saga_id) VALUES ('saga_nobodyknows'))
          INSERT INTO reservation (saga_id, product_id, place_id, quantity, expires_at) SELECT 'saga_nobodyknows', product_id, place_id, 1, expires_at FROM reservation LIMIT 1`,
  },
  {
    named: 'I3 what belongs to no saga does not exist',
    service: 'orders',
    sql: `INSERT INTO customer_order (customer_id, total_minor, saga_id) VALUES (1, 1, 'saga_nobodyknows')`,
  },
  {
    named: 'I4 nothing happens to a saga that has ended',
    service: 'sagas',
    sql: `INSERT INTO saga_event (saga_id, number, version, kind, state)
          SELECT saga_id, max(number) + 1, max(version), 'STEP_REPEATED', 'COMPLETED' FROM saga_event WHERE saga_id = :completed GROUP BY saga_id`,
  },
  {
    named: 'I5 a saga is where its history left it',
    service: 'sagas',
    sql: `UPDATE saga SET state = 'COMPENSATED' WHERE id = :completed`,
  },
  {
    named: 'I5 a saga only moves where it may',
    service: 'sagas',
    sql: `UPDATE saga_event SET state = 'STOCK_CHECKING' WHERE saga_id = :completed AND state = 'PAYMENT_PROCESSING'`,
  },
  {
    named: 'I5 versions have no gap',
    service: 'sagas',
    sql: 'UPDATE saga_event SET event = NULL WHERE saga_id = :completed AND version = 3',
  },
  {
    named: 'I6 compensations are the reverse of what was done or is in doubt',
    service: 'sagas',
    sql: `UPDATE saga_step SET ordinal = 1000 - ordinal WHERE saga_id = :undone AND direction = 'COMPENSATION'`,
  },
  {
    named: 'I6 compensations are the reverse of what was done or is in doubt',
    service: 'sagas',
    sql: `DELETE FROM saga_step WHERE saga_id = :undone AND step = 'RELEASE_STOCK'`,
  },
  {
    named: 'I7 a completed saga has sold what was ordered',
    service: 'inventory',
    sql: `UPDATE reservation SET state = 'RELEASED' WHERE saga_id = :completed`,
  },
  {
    named: 'I7 a completed saga has one confirmed order of what was ordered',
    service: 'orders',
    sql: 'UPDATE order_line SET quantity = quantity + 1 WHERE order_id IN (SELECT id FROM customer_order WHERE saga_id = :completed)',
  },
  {
    named: 'I7 a completed saga has one confirmed order of what was ordered',
    service: 'orders',
    sql: `UPDATE customer_order SET status = 'CANCELLED' WHERE saga_id = :completed`,
  },
  {
    named: 'I7 no effect on the stock twice',
    service: 'inventory',
    sql: `INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change, reference, actor)
          SELECT product_id, place_id, kind, 0, 0, reference, actor FROM stock_movement WHERE kind = 'SALE' AND reference = :completed`,
  },
  {
    named: 'I7 one order and one payment a saga',
    service: 'orders',
    sql: `ALTER TABLE payment DROP CONSTRAINT payment_saga_id_key;
          INSERT INTO payment (id, order_id, saga_id, provider_key, amount_minor, currency, method)
          SELECT 'pay_twice', order_id, saga_id, 'another key', amount_minor, currency, method FROM payment WHERE status = 'CAPTURED'`,
  },
  {
    named: 'I7 a command was sent as often as its step says, and no other',
    service: 'sagas',
    sql: `INSERT INTO outbox (${outboxColumns}) SELECT ${outboxColumns} FROM outbox
          WHERE aggregate_type = 'saga_command' AND correlation_id = :completed`,
  },
  ...senders.flatMap((service): Plant[] => [
    {
      named: `I8 every message of ${service} is sent, or parked with a reason`,
      service,
      sql: `UPDATE outbox SET sent_at = NULL, created_at = created_at - interval '1 minute' WHERE id = (SELECT min(id) FROM outbox)`,
    },
    {
      named: `I8 every message of ${service} is sent, or parked with a reason`,
      service,
      sql: `UPDATE outbox SET sent_at = NULL, parked_at = now() WHERE id = (SELECT min(id) FROM outbox)`,
    },
    {
      named: `I10 ${service} tells of each thing in the order of its versions`,
      service,
      sql: `INSERT INTO outbox (${outboxColumns}, position)
            SELECT ${outboxColumns}, (SELECT max(position) + 1 FROM outbox) FROM outbox
            WHERE aggregate_version IS NOT NULL ORDER BY id LIMIT 1`,
    },
  ]),
  {
    named: 'I9 every acknowledged order has its saga',
    service: 'sagas',
    sql: `DELETE FROM outbox WHERE type = 'saga.started' AND aggregate_id = :completed`,
  },
  {
    named: 'I10 orders knows customers as they are',
    service: 'orders',
    sql: 'UPDATE customer SET version = version - 1',
  },
  {
    named: 'I10 orders knows customers as they are',
    service: 'orders',
    sql: 'UPDATE customer SET deleted_at = now()',
  },
];

test('every invariant names its violation where one is planted, and none where there is none', { timeout: 300_000 }, async () => {
  await using stack = await startStack();
  const lines = [
    { productId: await stack.addProduct({ stock: 20 }), quantity: 2 },
    { productId: await stack.addProduct({ stock: 5, priceMinor: 399 }), quantity: 1 },
  ];
  const completed = await stack.startOrder({ lines });
  const undone = await stack.startOrder({ lines, paymentMethod: '4000000000000002' });
  await stack.settle(30_000);
  expect([await stack.stateOf(completed), await stack.stateOf(undone)]).toEqual(['COMPLETED', 'COMPENSATED']);
  await Promise.all(stack.parts.map((part) => stack.kill(part)));
  expect(await findViolations(stack)).toEqual([]);

  await using databases = openDatabases(stack.server ?? expect.fail('the databases are the test’s own'));
  const missed: string[] = [];
  const proven = new Set<string>();
  const tryOut = async (named: string, plant: (sql: Sql) => Promise<readonly Acknowledged[]>) =>
    databases.undone(async (sql) => {
      const history = await plant(sql);
      const found = await findViolations({ sql, history });
      if (found.some((violation) => violation.startsWith(`${named}: `))) proven.add(named);
      else missed.push(`${named}: found ${JSON.stringify(found)}`);
    });

  for (const { named, service, sql: text } of plants) {
    await tryOut(named, async (sql) => {
      await sql(service, text.replaceAll(':completed', `'${completed}'`).replaceAll(':undone', `'${undone}'`));
      return stack.history;
    });
  }
  await tryOut('I9 every acknowledged order has its saga', async () => [
    ...stack.history,
    { sagaId: 'saga_nobodyknows', idempotencyKey: 'a key' },
  ]);
  await tryOut('I9 one key, one saga', async () => [
    { sagaId: completed, idempotencyKey: 'a key' },
    { sagaId: undone, idempotencyKey: 'a key' },
  ]);
  expect(missed).toEqual([]);
  expect(invariants.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
});
