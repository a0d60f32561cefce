import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { expireReservations } from './commands/end-reservations.ts';

/** Frees, every so often, what reservations hold whose time is over. Any number of instances may run: they pass over each other's rows. */
export function createReservationSweeper(
  { intervalMs }: { intervalMs: number },
  { database, log }: { database: Database; log: Log },
): Service {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        const freed = await expireReservations(database, signal);
        if (freed > 0) {
          log.info({ event: 'reservations_expired', levels: freed }, 'reservations ran out');
          continue;
        }
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ event: 'sweep_failed', err: error }, 'expired reservations could not be freed; tried again in a while');
      }
      await delay(intervalMs, undefined, { signal }).catch(() => undefined); // only an abort rejects it
    }
  }

  return {
    name: 'reservation sweeper',
    async start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
