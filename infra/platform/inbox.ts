import type { Database, EntityManager } from './database.ts';
import { failpoint } from './failpoint.ts';
import { frequent, unread } from './frequent-statements.ts';
import { query } from './sql.ts';

/** What a handler wants to be remembered of a message; anything JSON can hold. */
export type Outcome = unknown;

export interface Handled<T> {
  /** Whether it was handled now. */
  readonly first: boolean;
  readonly outcome: T;
}

/**
 * Runs the work once for a message, however often and however concurrently it is delivered: message id, work and outbox rows commit together.
 * Later calls get the stored outcome.
 */
export async function handleOnce<T extends Outcome>(
  database: Database,
  consumer: string,
  messageId: string,
  work: (em: EntityManager) => Promise<T>,
): Promise<Handled<T>> {
  const [handled] = await handleEachOnce(database, consumer, [messageId], async (em) => [await work(em)]);
  return handled as Handled<T>;
}

/**
 * The same for several messages in one transaction: `work` gets the places of those that are new, and answers for each in order. What is there twice is new once. Where the
 * work throws, none of them was handled.
 */
export async function handleEachOnce<T extends Outcome>(
  database: Database,
  consumer: string,
  messageIds: readonly string[],
  work: (em: EntityManager, indexes: readonly number[]) => Promise<readonly T[]>,
): Promise<Handled<T>[]> {
  const handled = await database.transaction(async (em) => {
    const claimed = await claimMessages(em, consumer, messageIds);
    for (const id of messageIds) failpoint('inbox.message.claimed', id);
    const fresh = messageIds.flatMap((id, index) => (claimed.has(id) && messageIds.indexOf(id) === index ? [index] : []));
    const outcomes = fresh.length > 0 ? await work(em, fresh) : [];
    const byId = new Map(fresh.map((index, n) => [messageIds[index] as string, outcomes[n] as T]));
    await keepOutcomes(em, consumer, byId);
    for (const id of byId.keys()) failpoint('inbox.message.worked', id);
    const before = await readOutcomes<T>(
      em,
      consumer,
      messageIds.filter((id) => !byId.has(id)),
    );
    return messageIds.map((id, index) => ({ first: fresh.includes(index), outcome: (byId.has(id) ? byId.get(id) : before.get(id)) as T }));
  });
  for (const id of messageIds) failpoint('inbox.message.committed', id);
  return handled;
}

async function keepOutcomes(em: EntityManager, consumer: string, outcomes: ReadonlyMap<string, Outcome>): Promise<void> {
  const told = [...outcomes].filter(([, outcome]) => outcome !== undefined);
  if (told.length === 0) return;
  await query(
    em,
    unread(`UPDATE inbox SET outcome = told.outcome::json FROM unnest($2::text[], $3::text[]) AS told(id, outcome)
     WHERE consumer = $1 AND message_id = ANY($2::text[]) AND message_id = told.id`),
    [consumer, told.map(([id]) => id), told.map(([, outcome]) => JSON.stringify(outcome))],
  );
}

/** What was remembered of messages that were handled, by their ids. */
export async function readOutcomes<T extends Outcome>(
  em: EntityManager,
  consumer: string,
  messageIds: readonly string[],
): Promise<Map<string, T>> {
  if (messageIds.length === 0) return new Map();
  const rows = await query<{ message_id: string; outcome: T | null }>(
    em,
    frequent('SELECT message_id, outcome FROM inbox WHERE consumer = $1 AND message_id = ANY($2::text[])'),
    [consumer, messageIds],
  );
  return new Map(rows.map(({ message_id, outcome }) => [message_id, outcome as T]));
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
