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

interface Asked {
  readonly productId: number;
  /** The warehouse where it is null. */
  readonly placeId: number | null;
}

const askedKey = ({ productId, placeId }: Asked) => `${productId}:${placeId}`;

/**
 * What can be had of products at places; what reservations hold whose time is over counts as free, whether somebody swept them up or not. By product and the place that was
 * asked for.
 */
async function findOffers(em: EntityManager, asked: readonly Asked[]): Promise<Map<string, Offer>> {
  const each = [...new Map(asked.map((one) => [askedKey(one), one])).values()];
  const rows = await query<Offer & { asked_place: number | null }>(
    em,
    frequent(`SELECT p.id, p.name, p.active, p.price_minor, here.place_id, asked.place_id AS asked_place,
       (coalesce(l.on_hand - l.allocated, 0) + coalesce(expired.quantity, 0))::int AS available
     FROM unnest($1::int[], $2::int[]) AS asked(product_id, place_id)
     JOIN product p ON p.id = asked.product_id
     CROSS JOIN LATERAL (SELECT coalesce(asked.place_id, (${selectWarehouse})) AS place_id) here
     LEFT JOIN stock_level l ON l.product_id = p.id AND l.place_id = here.place_id
     LEFT JOIN LATERAL (
       SELECT sum(quantity) AS quantity FROM reservation r
       WHERE r.product_id = p.id AND r.place_id = here.place_id AND r.state = 'HELD' AND r.expires_at <= clock_timestamp()) expired ON true`),
    [each.map(({ productId }) => productId), each.map(({ placeId }) => placeId)],
  );
  return new Map(rows.map(({ asked_place: placeId, ...offer }) => [askedKey({ productId: offer.id, placeId }), offer]));
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

/** CHECK_STOCK, for several sagas at once: whether there is enough, and at which price. Promises nothing. */
export async function checkStock(em: EntityManager, requests: readonly LinesAtPlace[]): Promise<Answer[]> {
  const wants = requests.map(({ lines, place_id }) => mergeLines(lines).map((line) => ({ ...line, placeId: place_id ?? null })));
  const offers = await findOffers(em, wants.flat());
  return wants.map((wanted) =>
    answer(
      wanted,
      new Map(wanted.flatMap((want) => (offers.has(askedKey(want)) ? [[want.productId, offers.get(askedKey(want)) as Offer]] : []))),
    ),
  );
}

function answer(wanted: readonly { readonly productId: number; readonly quantity: number }[], offers: ReadonlyMap<number, Offer>): Answer {
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
