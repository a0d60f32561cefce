import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import type { BatchRow } from '../entities/entities.ts';
import { batchRows } from '../queries/rows.ts';
import { createNewest } from './newest.ts';

async function readBatch(em: EntityManager, id: string): Promise<BatchRow> {
  const [batch] = await batchRows.read(em, 'WHERE id = $1', [id]);
  if (!batch) throw new ComptoirError('NOT_FOUND', `There is no batch ${id}.`);
  return batch;
}

/**
 * The batch as it stands, then as it advances, the newest state where the reader is slower; ends with the batch, whose last state is never left out.
 * The events are attached to first and the batch read then, so that none is missed between the two. Errors: NOT_FOUND.
 */
export async function followBatch(
  { database, feed }: { database: Database; feed: Feed },
  id: string,
): Promise<AsyncIterableIterator<BatchRow>> {
  const events = feed.subscribe({ types: ['calcul.batch_progress'], filter: ({ payload }) => payload.batch_id === id });
  let batch: BatchRow;
  try {
    batch = await readBatch(database.fork(), id);
  } catch (error) {
    await events.return?.();
    throw error;
  }
  const newest = createNewest<BatchRow>(() => void events.return?.());
  newest.put(batch);
  if (batch.state !== 'RUNNING') {
    newest.end();
    return newest.values;
  }

  async function follow(): Promise<void> {
    for await (const { payload } of events) {
      if (payload.state !== 'RUNNING') {
        // Read again for when it ended.
        newest.put(await readBatch(database.fork(), id));
        break;
      }
      // What the first look showed already comes again as an event.
      if (payload.completed > batch.completed) newest.put({ ...batch, completed: payload.completed, nonFinite: payload.non_finite });
    }
    newest.end();
  }
  follow().catch(newest.fail);
  return newest.values;
}
