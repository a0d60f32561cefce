import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { createSweeper } from '@comptoir/platform/sweeper.ts';
import { expireReservations } from './commands/end-reservations.ts';

/** Frees, every so often, what reservations hold whose time is over. Any number of instances may run: they pass over each other's rows. */
export function createReservationSweeper(
  { intervalMs }: { intervalMs: number },
  { database, log }: { database: Database; log: Log },
): Service {
  async function sweep(signal: AbortSignal): Promise<boolean> {
    const freed = await expireReservations(database, signal);
    if (freed === 0) return false;
    log.info({ event: 'reservations_expired', levels: freed }, 'reservations ran out');
    return true;
  }
  return createSweeper({ name: 'reservation sweeper', intervalMs, sweep }, { log });
}
