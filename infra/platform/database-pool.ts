import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { cancelStatement } from './database-cancel.ts';
import { holdStatements } from './held-statements.ts';
import { databaseMetrics } from './metric-families.ts';
import type { Metrics } from './metrics.ts';
import { operationSignal } from './operation-signal.ts';

const isRollback = /^rollback$/i;

/** What ends or divides a transaction is short, and has to be carried through. */
const neverCancelled = /^(begin|start transaction|commit|rollback|savepoint|release)/i;

/**
 * Counts the pool's connections, times every statement, and gives up a connection on which a transaction could not be rolled back: Kysely (0.29) keeps such a connection for ever,
 * so that as many transactions as the pool is large, caught by a restart of the server, would leave it empty. One that cannot be begun is told of that by its first statement.
 * A statement that an operation runs is given up when nobody waits for the operation any more.
 */
export function tendPool(pool: Pool, { database, metrics }: { database: string; metrics: Metrics | undefined }): void {
  const families = metrics && databaseMetrics(metrics);
  const size = families?.poolSize.labels({ database });
  const available = families?.poolAvailable.labels({ database });
  const duration = families?.queryDuration.labels({ database });
  const count = () => {
    size?.set(pool.totalCount);
    available?.set(pool.idleCount);
  };
  for (const event of ['connect', 'acquire', 'release', 'remove'] as const) pool.on(event, count);
  pool.on('connect', (client) => {
    makeReleaseRepeatable(client);
    wrapQuery(client, (seconds) => duration?.observe(seconds));
  });
}

/** The pool assigns `release` anew each time it hands the client out; each of them may then be called more than once. */
function makeReleaseRepeatable(client: PoolClient): void {
  let current: PoolClient['release'] = () => undefined;
  Object.defineProperty(client, 'release', {
    configurable: true,
    get: () => current,
    set(release: PoolClient['release']) {
      let released = false;
      current = (reason) => {
        if (released) return;
        released = true;
        release(reason);
      };
    },
  });
}

function wrapQuery(client: PoolClient, observe: (seconds: number) => void): void {
  const run = holdStatements(client, client.query.bind(client) as (...parameters: unknown[]) => unknown);
  client.query = ((...parameters: unknown[]) => {
    const startedAt = performance.now();
    const [text] = parameters;
    const result = run(...parameters);
    // A cursor comes back as itself.
    if (!(result instanceof Promise)) return result;
    const done = () => observe((performance.now() - startedAt) / 1000);
    const told = result.then(
      (value: unknown) => {
        done();
        return value;
      },
      (error: unknown) => {
        done();
        // Its own leads to the socket it was read from.
        if (error instanceof Error) Error.captureStackTrace(error);
        if ((typeof text === 'string' && isRollback.test(text)) || isPreparedInVain(error)) client.release(true);
        throw error;
      },
    );
    return whileAwaited(client, text, told);
  }) as typeof client.query;
}

/**
 * A prepared statement that the connection would refuse for ever: a migration of another process has changed what it returns, or the server does not have what pg takes it
 * to have.
 */
const isPreparedInVain = (error: unknown) =>
  error instanceof DatabaseError && (error.code === '26000' || (error.code === '0A000' && error.routine === 'RevalidateCachedQuery'));

function whileAwaited<T>(client: PoolClient, statement: unknown, result: Promise<T>): Promise<T> {
  const signal = operationSignal();
  if (!signal || (typeof statement === 'string' && neverCancelled.test(statement))) return result;
  let cancelling: Promise<void> | undefined;
  const onAbort = () => {
    cancelling = cancelStatement(client);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  // A result that is there waits for nothing more than a cancelling that has begun.
  const end = () => {
    signal.removeEventListener('abort', onAbort);
    return cancelling;
  };
  return result.then(
    (value) => end()?.then(() => value) ?? value,
    async (error: unknown) => {
      await end();
      throw error;
    },
  );
}
