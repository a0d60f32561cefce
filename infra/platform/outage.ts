import { PublishError } from './broker/publish-error.ts';

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** pg's own errors for a session that was lost, or not had in time, carry no code. */
const lostSession =
  /connection terminated|timeout exceeded when trying to connect|^timeout expired$|connection error and is not queryable|query read timeout/i;

/** SQLSTATE: 08 connection exception, 53 out of connections or memory, 57P01–57P03 shutdown, crash, starting up. */
const outageState = /^(08...|53...|57P0[123])$/;

/** Serialisation failure, deadlock, a lock not had in time, a session ended for being idle in a transaction, a prepared statement that a migration has outdated or that is gone. */
const retryableState = /^(40001|40P01|55P03|25P03|0A000|26000)$/;

function* causes(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  const open = [error];
  while (open.length > 0 && seen.size < 20) {
    const next = open.shift();
    if (!(next instanceof Error) || seen.has(next)) continue;
    seen.add(next);
    yield next;
    open.push(next.cause);
    if (next instanceof AggregateError) open.push(...next.errors);
  }
}

const codeOf = (error: Error) => ('code' in error ? String(error.code) : '');

/**
 * Whether the error says that something needed is away for now (database, broker, network), rather than that the work at hand is at fault: waiting helps, and
 * must not be counted against the work.
 */
export function isOutage(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (cause instanceof PublishError) {
      if (cause.code === 'CLOSED' || cause.code === 'TIMEOUT') return true;
      continue;
    }
    const code = codeOf(cause);
    if (networkCodes.has(code) || outageState.test(code) || (code === '' && lostSession.test(cause.message))) return true;
  }
  return false;
}

/** Whether the same transaction, run again, may succeed at once. */
export function isRetryableTransaction(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (retryableState.test(codeOf(cause)) || cause.name === 'OptimisticLockError') return true;
  }
  return false;
}
