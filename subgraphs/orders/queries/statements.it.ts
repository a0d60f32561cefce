import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../testing/orders.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph();
  // 120 customers with three orders of two lines each, paid and on their way; as many carts.
  await graph.database.query(`
    INSERT INTO customer_order (customer_id, status, total_minor, saga_id)
    SELECT 1 + n % 120, 'SHIPPED', 2500, 'saga_' || n FROM generate_series(1, 360) AS n`);
  await graph.database.query(`
    INSERT INTO order_line (order_id, number, product_id, quantity, unit_price_minor)
    SELECT id, number, number * 5, 1, 1250 FROM customer_order, generate_series(1, 2) AS number`);
  await graph.database.query(`
    INSERT INTO payment (id, order_id, saga_id, provider_key, amount_minor, currency, status, method)
    SELECT 'pay_' || md5(id::text), id, saga_id, 'key_' || id, 2500, 'EUR', 'CAPTURED', 'card' FROM customer_order`);
  await graph.database.query('INSERT INTO shipment (order_id) SELECT id FROM customer_order ORDER BY id');
  await graph.database.query('INSERT INTO cart (customer_id) SELECT n FROM generate_series(1, 120) AS n');
  await graph.database.query('INSERT INTO cart_line (cart_id, product_id, quantity) SELECT id, 5, 1 FROM cart');
});
afterAll(() => graph[Symbol.asyncDispose]());

const order =
  'id status nextStatuses total { minor } lines { number product { id } total { minor } } payment { status } shipment { shippedAt } saga { id } cancellationSaga { id }';
const references = (count: number, type: string, id: (n: number) => string, selection: string) =>
  `{ _entities(representations: [${Array.from({ length: count }, (_, n) => `{ __typename: "${type}", id: "${id(n + 1)}" }`).join()}]) { ... on ${type} { ${selection} } } }`;

describe('the number of SQL statements', () => {
  it.each([
    // orders with their count, lines, payments, shipments
    ['a list of orders', 4, (first: number) => `{ orders(first: ${first}) { nodes { ${order} } pageInfo { endCursor } totalCount } }`],
    ['orders with their saga only', 1, (first: number) => `{ orders(first: ${first}) { nodes { saga { id } customer { id } } } }`],
    ['references to orders', 4, (count: number) => references(count, 'Order', String, order)],
    [
      'references to customers, for their orders',
      // a page of each, counts, orders, lines
      4,
      (count: number) =>
        references(count, 'Customer', String, 'orders(first: 2) { nodes { id lines { quantity } } pageInfo { hasNextPage } totalCount }'),
    ],
    // shipments, and their orders: of one that was deleted there is none to be seen
    ['references to shipments', 3, (count: number) => references(count, 'Shipment', String, 'shippedAt order { id lines { quantity } }')],
    ['a list of carts', 2, (first: number) => `{ carts(first: ${first}) { nodes { id lines { product { id } quantity } } totalCount } }`],
    ['references to carts', 2, (count: number) => references(count, 'Cart', String, 'checkedOut lines { quantity }')],
  ])('of %s is the same for 10 and for 100', async (_what, expected, document) => {
    const [few, many] = [await graph.ask(document(10)), await graph.ask(document(100))];
    expect([few.statements, many.statements]).toEqual([expected, expected]);
    expect(JSON.stringify(many.data).length).toBeGreaterThan(5 * JSON.stringify(few.data).length);
  });

  it('of references to payments is the same for 10 and for 100', async () => {
    const ids = (await graph.database.query<{ id: string }>('SELECT id FROM payment LIMIT 100')).map(({ id }) => id);
    for (const count of [10, 100]) {
      const { data, statements } = await graph.ask(references(count, 'Payment', (n) => ids[n - 1] ?? '', 'status order { id }'));
      expect(statements).toBe(2);
      expect(data._entities.every((payment: { status: string } | null) => payment?.status === 'CAPTURED')).toBe(true);
    }
  });
});
