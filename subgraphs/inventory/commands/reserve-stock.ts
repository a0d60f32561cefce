import type { EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { unread } from '@comptoir/platform/frequent-statements.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { available, type LevelChange, mergeLines } from '../domain/stock.ts';
import { type Answer, stockEvents } from '../messages/outgoing.ts';
import { allocate, lockLevels } from '../store/levels.ts';
import { findProducts, type ProductState, warehouseId } from '../store/products.ts';
import { freeExpired, insertReservations, lockSaga } from '../store/reservations.ts';
import { type LinesAtPlace, outOfStock, refuseUnsold } from './check-stock.ts';

/** RESERVE_STOCK: promises all lines to the saga, or none. Refused with CANCELLED where its release came before it. */
export async function reserveStock(
  em: EntityManager,
  sagaId: string,
  { lines, place_id }: LinesAtPlace,
  { expiryMs }: { expiryMs: number },
): Promise<Answer> {
  const { cancelled } = await lockSaga(em, sagaId);
  if (cancelled) return { outcome: 'REFUSED', code: 'CANCELLED', reason: `The reservation of ${sagaId} was given up before it was made` };
  const placeId = place_id ?? (await warehouseId(em));
  const wanted = mergeLines(lines);
  const products = await findProducts(
    em,
    wanted.map(({ productId }) => productId),
  );
  const unsold = refuseUnsold(wanted, products);
  if (unsold) return unsold;

  const changes: LevelChange[] = [];
  await query(em, unread('SAVEPOINT lines'));
  for (const { productId, quantity } of wanted) {
    const key = { productId, placeId };
    const outcome = await take(em, key, quantity);
    changes.push(...outcome.changes);
    if (outcome.taken) continue;
    await query(em, 'ROLLBACK TO SAVEPOINT lines');
    return outOfStock(products.get(productId) as ProductState, quantity, outcome.available);
  }
  failpoint('inventory.reserve.allocated', sagaId);
  await insertReservations(
    em,
    sagaId,
    wanted.map((line) => ({ ...line, placeId })),
    expiryMs,
  );
  failpoint('inventory.reserve.inserted', sagaId);
  await appendToOutbox(em, stockEvents(changes, products));
  // Nothing of the lines: what a reply tells takes the place of what the saga knows, and CHECK_STOCK told their prices.
  return { outcome: 'SUCCESS', data: { place_id: placeId } };
}

/** One statement where there is enough; only where not, goods are freed that nobody waits for any more, and it is tried once again. */
async function take(
  em: EntityManager,
  key: { productId: number; placeId: number },
  quantity: number,
): Promise<{ taken: boolean; changes: LevelChange[]; available: number }> {
  const change = await allocate(em, key, quantity);
  if (change) return { taken: true, changes: [change], available: available(change.level) };
  const [level] = await lockLevels(em, [key]);
  if (!level) return { taken: false, changes: [], available: 0 };
  const freed = await freeExpired(em, [key]);
  const now = freed.at(-1)?.level ?? level;
  const second = available(now) >= quantity ? await allocate(em, key, quantity) : null;
  return { taken: second !== null, changes: second ? [...freed, second] : freed, available: available(now) };
}
