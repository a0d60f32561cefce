import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { EntityManager } from './database.ts';
import { ComptoirError } from './errors.ts';
import { frequent, unread } from './frequent-statements.ts';
import { query } from './sql.ts';

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
export async function once<T>(em: EntityManager, request: IdempotentRequest, work: (em: EntityManager) => Promise<T>): Promise<T> {
  const { principal, operation, key, input } = request;
  if (key === null || key === undefined) return work(em);
  if (!em.isInTransaction()) throw new Error('An idempotency key is kept in the transaction of the work it stands for');
  const hash = createHash('sha256').update(canonicalJson(input)).digest();
  const identity = [principal, operation, key];
  const inserted = await query(
    em,
    frequent(
      'INSERT INTO idempotency_key (principal, operation, key, input_hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
    ),
    [...identity, hash],
  );
  if (inserted.length === 1) {
    const answer = await work(em);
    await em.flush();
    await query(em, unread('UPDATE idempotency_key SET answer = $4::json WHERE (principal, operation, key) = ($1, $2, $3)'), [
      ...identity,
      JSON.stringify(answer ?? null),
    ]);
    return answer;
  }
  const [stored] = await query<{ same: boolean; answer: T }>(
    em,
    frequent('SELECT input_hash = $4 AS same, answer FROM idempotency_key WHERE (principal, operation, key) = ($1, $2, $3)'),
    [...identity, hash],
  );
  if (!stored?.same) throw new ComptoirError('IDEMPOTENCY_CONFLICT', `The idempotency key ${key} was used before with another input.`);
  return stored.answer;
}
