import type { ApolloClient } from '@apollo/client';
import { FindCustomersDocument, FindProductsDocument } from '../generated/operations.ts';
import { ask } from '../graph/ask.ts';
import type { DraftLine, DraftOrder } from './draft-order.ts';

const streets = ['rue du Port', 'place du Marché', 'rue des Tanneurs', 'quai de la Fosse', 'avenue de la Gare', 'rue Mercière'];
const towns = ['59000 Lille', '44000 Nantes', '69002 Lyon', '33000 Bordeaux', '67000 Strasbourg', '45000 Orléans'];
const reach = 150;
const look = 40;

/** A customer and one to three products that are there, drawn from those the shop has; null where it has none. */
export async function randomOrder(
  client: ApolloClient,
  random: () => number = Math.random,
): Promise<Pick<DraftOrder, 'customer' | 'lines' | 'address'> | null> {
  const whole = (size: number) => Math.floor(random() * size);
  const draw = <T>(from: readonly T[]): T | undefined => from[whole(from.length)];
  const somewhere = async <T>(page: (offset: number) => Promise<readonly T[]>) => {
    const there = await page(whole(reach));
    return there.length > 0 ? there : page(0);
  };
  const [customers, products] = await Promise.all([
    somewhere(async (offset) => (await ask(client, FindCustomersDocument, { search: null, first: look, offset })).customers.nodes),
    somewhere(async (offset) => (await ask(client, FindProductsDocument, { search: null, first: look, offset })).products.nodes),
  ]);
  const customer = draw(customers);
  const there = products.filter(({ available }) => available > 0);
  if (customer === undefined || there.length === 0) return null;
  const lines = new Map<string, DraftLine>();
  for (let count = 1 + whole(3); count > 0; count -= 1) {
    const product = draw(there);
    if (product === undefined) break;
    const { id, name, sku, price, available } = product;
    lines.set(id, { product: { id, name, sku, price, available }, quantity: String(1 + whole(3)) });
  }
  return { customer, lines: [...lines.values()], address: `${1 + whole(90)} ${draw(streets)}\n${draw(towns)}` };
}
