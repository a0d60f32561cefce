import type { EntityManager } from './database.ts';

export interface IdempotentRequest {
  /** Whose key it is. */
  readonly principal: string;
  readonly operation: string;
  /** Without a key the work just runs. */
  readonly key: string | null | undefined;
  /** What was asked; anything JSON can hold. */
  readonly input: unknown;
}

/**
 * Runs the work at most once per (principal, operation, key), in the caller's transaction, and keeps its answer, which must be JSON. A repetition gets
 * that answer, waiting for the first call where it still runs. The same key with another input: IDEMPOTENCY_CONFLICT.
 */
export async function once<T>(_em: EntityManager, _request: IdempotentRequest, _work: (em: EntityManager) => Promise<T>): Promise<T> {
  throw new Error('once is not written yet');
}
