import type { EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { available, keyOf, type LevelChange, mergeLines } from '../domain/stock.ts';
import { type Answer, stockEvents } from '../messages/outgoing.ts';
import { book, lockLevels } from '../store/levels.ts';
import { findProducts, type ProductState, warehouseId } from '../store/products.ts';
import { freeExpired, insertReservations, lockSagas, type NewReservation, toBooking } from '../store/reservations.ts';
import { type LinesAtPlace, outOfStock, refuseUnsold } from './check-stock.ts';

export interface ReservationRequest extends LinesAtPlace {
  readonly sagaId: string;
}

/** What is wanted of one product at one place for a saga. */
type Want = NewReservation;

/**
 * RESERVE_STOCK: promises all lines to a saga, or none; to several sagas at once, one after the other. Refused with CANCELLED where its release came before it. Whoever is
 * first among those whose lines are locked gets the last ones.
 */
export async function reserveStock(
  em: EntityManager,
  requests: readonly ReservationRequest[],
  { expiryMs }: { expiryMs: number },
): Promise<Answer[]> {
  const cancelled = await lockSagas(
    em,
    requests.map(({ sagaId }) => sagaId),
  );
  const warehouse = await warehouseId(em);
  const wants = requests.map(({ sagaId, lines, place_id }): Want[] =>
    mergeLines(lines).map((line) => ({ ...line, placeId: place_id ?? warehouse, sagaId })),
  );
  const products = await findProducts(em, [...new Set(wants.flat().map(({ productId }) => productId))]);
  const { left, changes } = await lockEnough(em, wants.flat());

  const taken: Want[] = [];
  const answers = requests.map(({ sagaId }, index): Answer => {
    const wanted = wants[index] ?? [];
    if (cancelled.has(sagaId))
      return { outcome: 'REFUSED', code: 'CANCELLED', reason: `The reservation of ${sagaId} was given up before it was made` };
    const unsold = refuseUnsold(wanted, products);
    if (unsold) return unsold;
    for (const want of wanted) {
      const here = left.get(keyOf(want)) ?? 0;
      if (here < want.quantity) return outOfStock(products.get(want.productId) as ProductState, want.quantity, here);
    }
    for (const want of wanted) left.set(keyOf(want), (left.get(keyOf(want)) ?? 0) - want.quantity);
    taken.push(...wanted);
    // Nothing of the lines: what a reply tells takes the place of what the saga knows, and CHECK_STOCK told their prices.
    return { outcome: 'SUCCESS', data: { place_id: wanted[0]?.placeId } };
  });
  if (taken.length > 0) {
    changes.push(...(await book(em, taken.map(toBooking))));
    for (const { sagaId } of taken) failpoint('inventory.reserve.allocated', sagaId);
    await insertReservations(em, taken, expiryMs);
    for (const { sagaId } of taken) failpoint('inventory.reserve.inserted', sagaId);
  }
  await appendToOutbox(em, stockEvents(changes, products));
  return answers;
}

/** Locks the levels, and tells what is available there. Only where it is not enough for all, goods are freed that nobody waits for any more. */
async function lockEnough(em: EntityManager, wants: readonly Want[]): Promise<{ left: Map<string, number>; changes: LevelChange[] }> {
  const keys = [...new Map(wants.map((want) => [keyOf(want), want])).values()];
  const levels = await lockLevels(em, keys);
  const left = new Map(levels.map((level) => [keyOf(level), available(level)]));
  const demand = new Map<string, number>();
  for (const want of wants) demand.set(keyOf(want), (demand.get(keyOf(want)) ?? 0) + want.quantity);
  const short = levels.filter((level) => available(level) < (demand.get(keyOf(level)) ?? 0));
  const changes = await freeExpired(em, short);
  for (const { level } of changes) left.set(keyOf(level), available(level));
  return { left, changes };
}
