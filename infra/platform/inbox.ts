import type { Database, EntityManager } from './database.ts';

/** What a handler wants to be remembered of a message; anything JSON can hold. */
export type Outcome = unknown;

/**
 * Runs the work once for a message, however often and however concurrently it is delivered: message id, work and outbox rows commit together.
 * Later calls get the stored outcome.
 */
export async function handleOnce<T extends Outcome>(
  _database: Database,
  _consumer: string,
  _messageId: string,
  _work: (em: EntityManager) => Promise<T>,
): Promise<{ first: boolean; outcome: T }> {
  throw new Error('handleOnce is not written yet');
}

/**
 * For batches: writes down the ids that are new to the consumer in the caller's transaction and returns them; the others were handled before.
 * Waits for other transactions that are at the same ids.
 */
export async function claimMessages(_em: EntityManager, _consumer: string, _messageIds: readonly string[]): Promise<Set<string>> {
  throw new Error('claimMessages is not written yet');
}
