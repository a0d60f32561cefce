import { cards } from './cards.ts';
import type { Stack } from './stack.ts';
import type { OrderOptions } from './world.ts';

/** Orders of every kind, in turn, and how each of them ends where nothing takes too long. */
export const kinds: readonly { readonly order: OrderOptions; readonly ends: 'COMPLETED' | 'COMPENSATED' }[] = [
  { order: {}, ends: 'COMPLETED' },
  { order: { paymentMethod: cards.paid }, ends: 'COMPLETED' },
  { order: { paymentMethod: cards.declined }, ends: 'COMPENSATED' },
  { order: { paymentMethod: cards.failsOnce }, ends: 'COMPLETED' },
  { order: { customerId: '999999' }, ends: 'COMPENSATED' },
];

const atOnce = 10;

/** Starts so many orders, a few at a time; returns them with how each ends where nothing takes too long. */
export async function startOrders(stack: Stack, count: number): Promise<{ id: string; ends: string }[]> {
  const orders: { id: string; ends: string }[] = [];
  await stack.startOrder();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const { order, ends } = kinds[next++ % kinds.length] ?? { order: {}, ends: 'COMPLETED' };
        orders.push({ id: await stack.startOrder(order), ends });
      }
    }),
  );
  return orders;
}

/** One line for each order that has not ended as it was to. */
export async function otherEnds({ sql }: Stack, orders: readonly { id: string; ends: string }[]): Promise<string[]> {
  const rows = await sql<{ id: string; state: string }>('sagas', 'SELECT id, state FROM saga');
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return orders.filter(({ id, ends }) => states.get(id) !== ends).map(({ id, ends }) => `${id} is ${states.get(id)}, not ${ends}`);
}
