import type { Sql } from '../databases.ts';
import { type Invariant, rowsOf } from './invariant.ts';
import { isSettled, readOrderSagas } from './read-sagas.ts';

interface Order {
  readonly id: number;
  readonly saga_id: string;
  readonly status: string;
  readonly lines: readonly { readonly product_id: number; readonly quantity: number }[];
}

interface Reservation {
  readonly saga_id: string;
  readonly product_id: number;
  readonly quantity: number;
  readonly state: string;
}

const readOrders = (sql: Sql) =>
  sql<Order>(
    'orders',
    `SELECT o.id, o.saga_id, o.status, coalesce((
       SELECT json_agg(json_build_object('product_id', l.product_id, 'quantity', l.quantity) ORDER BY l.product_id) FROM order_line l WHERE l.order_id = o.id), '[]') AS lines
     FROM customer_order o WHERE o.saga_id IS NOT NULL ORDER BY o.id`,
  );

const readReservations = (sql: Sql) =>
  sql<Reservation>('inventory', 'SELECT saga_id, product_id, quantity, state FROM reservation ORDER BY saga_id, product_id');

const textOf = (lines: readonly { readonly product_id: number; readonly quantity: number }[]) =>
  lines.map(({ product_id, quantity }) => `${quantity} of ${product_id}`).join(', ') || 'nothing';

/** Booked once for a saga, a product and a place at most; the ledger cannot hide a second time as a state can. */
const bookedOnce = `('RESERVATION', 'RELEASE', 'EXPIRY', 'SALE', 'RETURN')`;

export const effectInvariants: readonly Invariant[] = [
  {
    name: 'I3 what was undone holds neither stock nor order',
    async find({ sql }) {
      const undone = new Set((await readOrderSagas(sql)).filter(({ state }) => state === 'COMPENSATED').map(({ id }) => id));
      const stock = (await readReservations(sql)).filter(
        ({ saga_id, state }) => undone.has(saga_id) && (state === 'HELD' || state === 'SOLD'),
      );
      const orders = (await readOrders(sql)).filter(({ saga_id, status }) => undone.has(saga_id) && status !== 'CANCELLED');
      return [
        ...stock.map(
          ({ saga_id, product_id, quantity, state }) => `${saga_id} is COMPENSATED, and ${quantity} of ${product_id} are ${state}`,
        ),
        ...orders.map(({ saga_id, id, status }) => `${saga_id} is COMPENSATED, and order ${id} is ${status}`),
      ];
    },
  },
  {
    name: 'I3 what belongs to no saga does not exist',
    async find({ sql }) {
      const known = new Set((await readOrderSagas(sql)).map(({ id }) => id));
      return [
        ...(await readReservations(sql))
          .filter(({ saga_id }) => !known.has(saga_id))
          .map(({ saga_id }) => `stock is reserved for ${saga_id}`),
        ...(await readOrders(sql)).filter(({ saga_id }) => !known.has(saga_id)).map(({ id, saga_id }) => `order ${id} is of ${saga_id}`),
      ];
    },
  },
  {
    name: 'I7 a completed saga has sold what was ordered',
    async find({ sql }) {
      const sold = Map.groupBy(
        (await readReservations(sql)).filter(({ state }) => state === 'SOLD'),
        ({ saga_id }) => saga_id,
      );
      return (await readOrderSagas(sql))
        .filter((saga) => isSettled(saga) && saga.state === 'COMPLETED')
        .flatMap(({ id, lines, restock }) => {
          const expected = restock === 'done' ? [] : lines;
          const found = sold.get(id) ?? [];
          return textOf(found) === textOf(expected) ? [] : [`${id}: ${textOf(found)} sold instead of ${textOf(expected)}`];
        });
    },
  },
  {
    name: 'I7 a completed saga has one confirmed order of what was ordered',
    async find({ sql }) {
      const orders = Map.groupBy(await readOrders(sql), ({ saga_id }) => saga_id);
      return (await readOrderSagas(sql))
        .filter((saga) => isSettled(saga) && saga.state === 'COMPLETED')
        .flatMap(({ id, order_id, lines, restock }) => {
          const [order, ...others] = orders.get(id) ?? [];
          const ended = restock === 'done' ? ['CANCELLED'] : ['CONFIRMED', 'SHIPPED', 'DELIVERED'];
          if (
            order &&
            others.length === 0 &&
            order.id === order_id &&
            ended.includes(order.status) &&
            textOf(order.lines) === textOf(lines)
          )
            return [];
          return [`${id} of order ${order_id} has ${JSON.stringify(orders.get(id) ?? [])}`];
        });
    },
  },
  {
    name: 'I7 no effect on the stock twice',
    find: rowsOf(
      'inventory',
      `SELECT format('%s: %s of product %s at place %s booked %s times', reference, kind, product_id, place_id, count(*)) AS violation
       FROM stock_movement WHERE reference IS NOT NULL AND actor = 'saga' AND kind IN ${bookedOnce}
       GROUP BY reference, kind, product_id, place_id HAVING count(*) > 1`,
    ),
  },
  {
    name: 'I7 one order and one payment a saga',
    find: rowsOf(
      'orders',
      `SELECT format('%s has %s orders', saga_id, count(*)) AS violation FROM customer_order WHERE saga_id IS NOT NULL GROUP BY saga_id HAVING count(*) > 1
       UNION ALL
       SELECT format('%s has %s payments', saga_id, count(*)) FROM payment GROUP BY saga_id HAVING count(*) > 1`,
    ),
  },
  {
    name: 'I7 a command was sent as often as its step says, and no other',
    find: rowsOf(
      'sagas',
      `SELECT format('%s of %s: asked %s times, sent %s times', coalesce(t.step, 'a command that no step knows'), coalesce(t.saga_id, o.correlation_id),
         coalesce(t.attempts, 0), coalesce(o.times, 0)) AS violation
       FROM saga_step t
       FULL JOIN (SELECT message_id, correlation_id, count(*) AS times FROM outbox WHERE aggregate_type = 'saga_command' GROUP BY message_id, correlation_id) o
         ON o.message_id = t.command_id::text
       WHERE coalesce(t.attempts, 0) <> coalesce(o.times, 0)`,
    ),
  },
];
