import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import { type Line, mergeLines } from '../domain/stock.ts';
import type { Answer } from '../messages/outgoing.ts';
import { selectWarehouse } from '../store/products.ts';

export interface LinesAtPlace {
  readonly lines: readonly Line[];
  /** The warehouse where it is left out. */
  readonly place_id?: number | null;
}

interface Offer {
  id: number;
  name: string;
  active: boolean;
  price_minor: string;
  available: number;
  place_id: number;
}

/**
 * What can be had of the products at a place, the warehouse where none is named; what reservations hold whose time is over counts as free, whether somebody swept them up or
 * not.
 */
async function findOffers(em: EntityManager, placeId: number | null, productIds: readonly number[]): Promise<Map<number, Offer>> {
  const rows = await query<Offer>(
    em,
    frequent(`SELECT p.id, p.name, p.active, p.price_minor, here.place_id,
       (coalesce(l.on_hand - l.allocated, 0) + coalesce(expired.quantity, 0))::int AS available
     FROM (SELECT coalesce($2::int, (${selectWarehouse})) AS place_id) here
     CROSS JOIN product p
     LEFT JOIN stock_level l ON l.product_id = p.id AND l.place_id = here.place_id
     LEFT JOIN LATERAL (
       SELECT sum(quantity) AS quantity FROM reservation r
       WHERE r.product_id = p.id AND r.place_id = here.place_id AND r.state = 'HELD' AND r.expires_at <= clock_timestamp()) expired ON true
     WHERE p.id = ANY($1::int[])`),
    [productIds, placeId],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export const outOfStock = (product: { id: number; name: string }, requested: number, available: number): Answer => ({
  outcome: 'REFUSED',
  code: 'OUT_OF_STOCK',
  reason: `${requested} × ${product.name} (product ${product.id}) asked for, ${available} available`,
  data: { product_id: product.id, requested, available },
});

/** Refuses lines of products that are not sold; null where all are. */
export function refuseUnsold(
  lines: readonly { productId: number }[],
  products: ReadonlyMap<number, { name: string; active: boolean }>,
): Answer | null {
  for (const { productId } of lines) {
    const product = products.get(productId);
    if (!product)
      return { outcome: 'REFUSED', code: 'PRODUCT_UNKNOWN', reason: `There is no product ${productId}`, data: { product_id: productId } };
    if (!product.active) {
      return {
        outcome: 'REFUSED',
        code: 'PRODUCT_ARCHIVED',
        reason: `${product.name} (product ${productId}) is not sold any more`,
        data: { product_id: productId },
      };
    }
  }
  return null;
}

/** CHECK_STOCK: whether there is enough, and at which price. Promises nothing. */
export async function checkStock(em: EntityManager, { lines, place_id }: LinesAtPlace): Promise<Answer> {
  const wanted = mergeLines(lines);
  const offers = await findOffers(
    em,
    place_id ?? null,
    wanted.map(({ productId }) => productId),
  );
  const unsold = refuseUnsold(wanted, offers);
  if (unsold) return unsold;
  for (const { productId, quantity } of wanted) {
    const offer = offers.get(productId) as Offer;
    if (offer.available < quantity) return outOfStock(offer, quantity, offer.available);
  }
  return {
    outcome: 'SUCCESS',
    data: {
      place_id: [...offers.values()][0]?.place_id,
      lines: wanted.map(({ productId, quantity }) => {
        const { name, price_minor } = offers.get(productId) as Offer;
        return { product_id: productId, quantity, unit_price_minor: price_minor, name };
      }),
    },
  };
}
