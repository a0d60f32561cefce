import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { type DeadLetter, type DeadLetterFilter, purgeDeadLetters, replayDeadLetter } from '@comptoir/platform/dead-letters.ts';
import type { Principal } from '@comptoir/platform/principal.ts';

type Caller = Pick<Principal, 'consumerId' | 'name'>;

/** Deletes dead letters for good; returns how many. */
export async function purge(database: Database, filter: DeadLetterFilter, caller: Caller): Promise<number> {
  return database.transaction(async (em) => {
    const purged = await purgeDeadLetters(em, filter);
    if (purged > 0) {
      const { state, service, queue } = filter;
      await recordAudit(em, {
        actor: caller,
        action: 'dead_letter.purged',
        entityType: 'dead_letter',
        entityId: 'all',
        summary: `${purged} dead letters were deleted`,
        changes: [
          { field: 'purged', after: purged },
          ...Object.entries({ state, service, queue }).flatMap(([field, before]) => (before ? [{ field, before }] : [])),
        ],
      });
    }
    return purged;
  });
}

/** Sends a dead letter to its queue once more; null where there is none. */
export async function replay(
  database: Database,
  { id, payload, caller }: { id: string; payload?: string | null; caller: Caller },
): Promise<DeadLetter | null> {
  return database.transaction(async (em) => {
    const replayed = await replayDeadLetter(em, id, { by: caller.name, payload });
    if (replayed) {
      const mended = typeof payload === 'string';
      await recordAudit(em, {
        actor: caller,
        action: 'dead_letter.replayed',
        entityType: 'dead_letter',
        entityId: id,
        // Not what it says: a message of payments is nobody's reading.
        summary: `Dead letter ${id} was sent to ${replayed.queue} once more${mended ? ', with another body' : ''}`,
        changes: [{ field: 'queue', after: replayed.queue }, ...(mended ? [{ field: 'mended', after: true }] : [])],
      });
    }
    return replayed;
  });
}
