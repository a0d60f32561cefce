import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { LevelChange } from '../domain/stock.ts';
import { type Answer, stockEvents } from '../messages/outgoing.ts';
import { findProducts } from '../store/products.ts';
import { cancelSaga, endReservations, freeExpired, lockExpiredLevels, lockSaga, type Reservation } from '../store/reservations.ts';

async function tell(em: EntityManager, changes: readonly LevelChange[]): Promise<void> {
  const products = await findProducts(em, [...new Set(changes.map(({ level }) => level.productId))]);
  await appendToOutbox(em, stockEvents(changes, products));
}

const toLines = (reservations: readonly Reservation[]) =>
  reservations.map(({ productId, quantity }) => ({ product_id: productId, quantity }));

/** RELEASE_STOCK: gives up what the saga holds, and sees to it that a late reservation is refused. Succeeds whether there was one or not. */
export async function releaseStock(em: EntityManager, sagaId: string): Promise<Answer> {
  await lockSaga(em, sagaId);
  await cancelSaga(em, sagaId);
  failpoint('inventory.release.barred', sagaId);
  const { ended, changes } = await endReservations(em, sagaId, 'release');
  failpoint('inventory.release.freed', sagaId);
  await tell(em, changes);
  return { outcome: 'SUCCESS', data: { lines: toLines(ended) } };
}

/** RESTOCK: puts the goods of a cancelled order back to where they were taken from. What was ordered without a saga was never taken. */
export async function restock(em: EntityManager, soldBySaga: string | undefined): Promise<Answer> {
  if (soldBySaga === undefined) return { outcome: 'SUCCESS', data: { lines: [] } };
  await lockSaga(em, soldBySaga);
  const { ended, changes } = await endReservations(em, soldBySaga, 'restock');
  failpoint('inventory.restock.booked', soldBySaga);
  await tell(em, changes);
  return { outcome: 'SUCCESS', data: { lines: toLines(ended) } };
}

/**
 * A saga has ended well: what it reserved is sold. Returns what could not be sold: its reservation had run out, and others have the goods by now.
 * Does nothing a second time.
 */
export async function sellReserved(database: Database, sagaId: string): Promise<Reservation[]> {
  return database.transaction(async (em) => {
    await lockSaga(em, sagaId);
    const { changes, missing } = await endReservations(em, sagaId, 'sell');
    failpoint('inventory.sale.booked', sagaId);
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
