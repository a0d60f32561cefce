import type { Database } from '@comptoir/platform/database.ts';
import { type DeadLetter, type DeadLetterFilter, purgeDeadLetters, replayDeadLetter } from '@comptoir/platform/dead-letters.ts';

/** Deletes dead letters for good; returns how many. */
export async function purge(database: Database, filter: DeadLetterFilter): Promise<number> {
  return database.transaction((em) => purgeDeadLetters(em, filter));
}

/** Sends a dead letter to its queue once more; null where there is none. */
export async function replay(database: Database, id: string, by: string, payload?: string | null): Promise<DeadLetter | null> {
  return database.transaction((em) => replayDeadLetter(em, id, { by, payload }));
}
