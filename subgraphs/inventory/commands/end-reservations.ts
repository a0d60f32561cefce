import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { LevelChange } from '../domain/stock.ts';
import { type Answer, stockEvents } from '../messages/outgoing.ts';
import { findProducts } from '../store/products.ts';
import { cancelSagas, endReservations, freeExpired, lockExpiredLevels, lockSagas, type Reservation } from '../store/reservations.ts';

async function tell(em: EntityManager, changes: readonly LevelChange[]): Promise<void> {
  const products = await findProducts(em, [...new Set(changes.map(({ level }) => level.productId))]);
  await appendToOutbox(em, stockEvents(changes, products));
}

function linesOf(sagaId: string, reservations: readonly Reservation[]) {
  return reservations.filter((each) => each.sagaId === sagaId).map(({ productId, quantity }) => ({ product_id: productId, quantity }));
}

/** RELEASE_STOCK: gives up what each of the sagas holds, and sees to it that a late reservation is refused. Succeeds whether there was one or not. */
export async function releaseStock(em: EntityManager, sagaIds: readonly string[]): Promise<Answer[]> {
  await lockSagas(em, sagaIds);
  await cancelSagas(em, sagaIds);
  for (const sagaId of sagaIds) failpoint('inventory.release.barred', sagaId);
  const { ended, changes } = await endReservations(em, sagaIds, 'release');
  for (const sagaId of sagaIds) failpoint('inventory.release.freed', sagaId);
  await tell(em, changes);
  return sagaIds.map((sagaId) => ({ outcome: 'SUCCESS', data: { lines: linesOf(sagaId, ended) } }));
}

/** RESTOCK: puts the goods of cancelled orders back to where they were taken from. What was ordered without a saga was never taken. */
export async function restock(em: EntityManager, soldBySagas: readonly (string | undefined)[]): Promise<Answer[]> {
  const sagaIds = soldBySagas.filter((sagaId) => sagaId !== undefined);
  if (sagaIds.length === 0) return soldBySagas.map(() => ({ outcome: 'SUCCESS', data: { lines: [] } }));
  await lockSagas(em, sagaIds);
  const { ended, changes } = await endReservations(em, sagaIds, 'restock');
  for (const sagaId of sagaIds) failpoint('inventory.restock.booked', sagaId);
  await tell(em, changes);
  return soldBySagas.map((sagaId) => ({ outcome: 'SUCCESS', data: { lines: sagaId === undefined ? [] : linesOf(sagaId, ended) } }));
}

/**
 * Sagas have ended well: what they reserved is sold. Returns what could not be sold: its reservation had run out, and others have the goods by now.
 * Does nothing a second time.
 */
export async function sellReserved(database: Database, sagaIds: readonly string[]): Promise<Reservation[]> {
  return database.transaction(async (em) => {
    await lockSagas(em, sagaIds);
    const { changes, missing } = await endReservations(em, sagaIds, 'sell');
    for (const sagaId of sagaIds) failpoint('inventory.sale.booked', sagaId);
    await tell(em, changes);
    return missing;
  });
}

const levelsAtOnce = 200;

/** Frees what reservations hold whose time is over. Returns how many levels changed; the caller comes again while there are some. */
export async function expireReservations(database: Database, signal?: AbortSignal): Promise<number> {
  return database.transaction(
    async (em) => {
      const changes = await freeExpired(em, await lockExpiredLevels(em, levelsAtOnce));
      await tell(em, changes);
      return changes.length;
    },
    { signal },
  );
}
