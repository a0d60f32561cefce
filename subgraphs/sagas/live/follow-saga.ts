import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { hasEnded } from '../domain/saga.ts';
import { readSaga, type SagaRow } from '../store/read-sagas.ts';

export const sagaEvents = ['saga.started', 'saga.step', 'saga.completed', 'saga.compensated', 'saga.failed'] as const;

/**
 * The saga as it stands, then at each later version, the newest where the reader is slower; ends with the saga, whose last state is never left out. The events are
 * attached to before the first look, so that none is missed between the two. The signal ends it at any time. Errors: NOT_FOUND.
 */
export async function* followSaga(
  { database, feed }: { database: Database; feed: Feed },
  id: string,
  signal: AbortSignal,
): AsyncGenerator<SagaRow> {
  const events = feed.subscribe({ types: sagaEvents, filter: ({ payload }) => payload.saga_id === id, signal });
  try {
    let saga = await readSaga(database.fork(), id);
    if (!saga) throw new ComptoirError('NOT_FOUND', `There is no saga ${id}.`);
    yield saga;
    while (!hasEnded(saga)) {
      const event = await events.next();
      if (event.done) return;
      // What the last look showed already comes again as an event.
      if (event.value.payload.version <= saga.version) continue;
      saga = (await readSaga(database.fork(), id)) ?? saga;
      yield saga;
    }
  } finally {
    await events.return?.();
  }
}
