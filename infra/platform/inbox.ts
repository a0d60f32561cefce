import type { Database, EntityManager } from './database.ts';
import { failpoint } from './failpoint.ts';
import { frequent, unread } from './frequent-statements.ts';
import { query } from './sql.ts';

/** What a handler wants to be remembered of a message; anything JSON can hold. */
export type Outcome = unknown;

/**
 * Runs the work once for a message, however often and however concurrently it is delivered: message id, work and outbox rows commit together.
 * Later calls get the stored outcome.
 */
export async function handleOnce<T extends Outcome>(
  database: Database,
  consumer: string,
  messageId: string,
  work: (em: EntityManager) => Promise<T>,
): Promise<{ first: boolean; outcome: T }> {
  const handled = await database.transaction(async (em) => {
    const claimed = await claimMessages(em, consumer, [messageId]);
    failpoint('inbox.message.claimed', messageId);
    if (!claimed.has(messageId)) {
      const [row] = await query<{ outcome: T }>(em, frequent('SELECT outcome FROM inbox WHERE consumer = $1 AND message_id = $2'), [
        consumer,
        messageId,
      ]);
      return { first: false, outcome: row?.outcome as T };
    }
    const outcome = await work(em);
    if (outcome !== undefined) {
      await query(em, unread('UPDATE inbox SET outcome = $3::json WHERE consumer = $1 AND message_id = $2'), [
        consumer,
        messageId,
        JSON.stringify(outcome),
      ]);
    }
    failpoint('inbox.message.worked', messageId);
    return { first: true, outcome };
  });
  failpoint('inbox.message.committed', messageId);
  return handled;
}

/**
 * For batches: writes down the ids that are new to the consumer in the caller's transaction and returns them; the others were handled before.
 * Waits for other transactions that are at the same ids.
 */
export async function claimMessages(em: EntityManager, consumer: string, messageIds: readonly string[]): Promise<Set<string>> {
  // In one order everywhere, so that two batches with the same ids wait for each other instead of deadlocking.
  const rows = await query<{ message_id: string }>(
    em,
    frequent(`INSERT INTO inbox (consumer, message_id) SELECT $1, id FROM unnest($2::text[]) AS id ORDER BY id
     ON CONFLICT DO NOTHING RETURNING message_id`),
    [consumer, [...new Set(messageIds)]],
  );
  return new Set(rows.map(({ message_id }) => message_id));
}
