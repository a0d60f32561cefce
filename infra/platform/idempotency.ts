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
  const [answer] = await onceEach(em, [request], async () => [await work(em)]);
  if (answer instanceof ComptoirError) throw answer;
  return answer as T;
}

interface Keyed {
  readonly principal: string;
  readonly operation: string;
  readonly key: string;
  readonly hash: Buffer;
  /** Where it is among the requests. */
  readonly index: number;
}

const identityOf = ({ principal, operation, key }: Pick<Keyed, 'principal' | 'operation' | 'key'>) =>
  JSON.stringify([principal, operation, key]);

const inOrder = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function keyedOnes(requests: readonly IdempotentRequest[]): Keyed[] {
  return requests.flatMap(({ principal, operation, key, input }, index) =>
    key === null || key === undefined
      ? []
      : [{ principal, operation, key, hash: createHash('sha256').update(canonicalJson(input)).digest(), index }],
  );
}

const columnsOf = (keyed: readonly Keyed[]) => [
  keyed.map(({ principal }) => principal),
  keyed.map(({ operation }) => operation),
  keyed.map(({ key }) => key),
];

/**
 * The same for several requests at once: `work` gets the places of those that are new, in their order, and answers for each. A request that used another's key for another
 * input gets its IDEMPOTENCY_CONFLICT, and does the others no harm.
 */
export async function onceEach<T>(
  em: EntityManager,
  requests: readonly IdempotentRequest[],
  work: (indexes: readonly number[]) => Promise<readonly T[]>,
): Promise<(T | ComptoirError)[]> {
  const keyed = keyedOnes(requests);
  if (keyed.length === 0) return [...(await work(requests.map((_, index) => index)))];
  if (!em.isInTransaction()) throw new Error('An idempotency key is kept in the transaction of the work it stands for');
  const firsts = new Map(keyed.toReversed().map((each) => [identityOf(each), each]));
  const claimed = await claim(em, [...firsts.values()]);
  const repeated = keyed.filter((each) => !claimed.has(identityOf(each)) || firsts.get(identityOf(each)) !== each);
  const repeatedAt = new Set(repeated.map(({ index }) => index));

  const fresh = requests.map((_, index) => index).filter((index) => !repeatedAt.has(index));
  const answers = fresh.length > 0 ? await work(fresh) : [];
  const answerAt = new Map(fresh.map((index, n) => [index, answers[n] as T]));
  await keep(
    em,
    keyed.filter(({ index }) => !repeatedAt.has(index)).map((each) => ({ ...each, answer: answerAt.get(each.index) })),
  );
  const stored = await readStored<T>(em, repeated);
  return requests.map(({ key }, index) => {
    if (!repeatedAt.has(index)) return answerAt.get(index) as T;
    const found = stored.get(index);
    if (!found?.same) return new ComptoirError('IDEMPOTENCY_CONFLICT', `The idempotency key ${key} was used before with another input.`);
    return found.answer;
  });
}

/** Writes the keys down that are new, in one order everywhere, so that two batches wait for each other instead of deadlocking. Waits for others that are at the same ones. */
async function claim(em: EntityManager, keyed: readonly Keyed[]): Promise<Set<string>> {
  const sorted = keyed.toSorted((one, other) => inOrder(identityOf(one), identityOf(other)));
  const rows = await query<Pick<Keyed, 'principal' | 'operation' | 'key'>>(
    em,
    frequent(`INSERT INTO idempotency_key (principal, operation, key, input_hash)
     SELECT principal, operation, key, hash FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) WITH ORDINALITY AS asked(principal, operation, key, hash, n) ORDER BY n
     ON CONFLICT DO NOTHING RETURNING principal, operation, key`),
    [...columnsOf(sorted), sorted.map(({ hash }) => hash)],
  );
  return new Set(rows.map(identityOf));
}

async function keep(em: EntityManager, answered: readonly (Keyed & { readonly answer: unknown })[]): Promise<void> {
  if (answered.length === 0) return;
  await em.flush();
  await query(
    em,
    unread(`UPDATE idempotency_key k SET answer = given.answer::json
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS given(principal, operation, key, answer)
     WHERE (k.principal, k.operation, k.key) = (given.principal, given.operation, given.key)`),
    [...columnsOf(answered), answered.map(({ answer }) => JSON.stringify(answer ?? null))],
  );
}

/** By their places. */
async function readStored<T>(em: EntityManager, repeated: readonly Keyed[]): Promise<Map<number, { same: boolean; answer: T }>> {
  if (repeated.length === 0) return new Map();
  const rows = await query<{ index: number; same: boolean; answer: T }>(
    em,
    frequent(`SELECT asked.index, k.input_hash = asked.hash AS same, k.answer
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::int[]) AS asked(principal, operation, key, hash, index)
     JOIN idempotency_key k USING (principal, operation, key)`),
    [...columnsOf(repeated), repeated.map(({ hash }) => hash), repeated.map(({ index }) => index)],
  );
  return new Map(rows.map(({ index, ...stored }) => [index, stored]));
}
