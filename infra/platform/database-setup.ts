import { setTimeout as delay } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import type { Log } from './log.ts';
import { isOutage } from './outage.ts';

/** Any number will do, as long as every process takes the same. Advisory locks are per database. */
export const migrationLock = 0x636f6d01;
const creationLock = 0x636f6d02;
const setupTimeoutMs = 120_000;

/** Address of a database on the server of another address. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: setupTimeoutMs,
    application_name: 'comptoir setup',
  });
  client.on('error', () => client.end().catch(() => undefined)); // the query in flight rejects; without a listener the process would end
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the database where it is missing; any number of processes may do so at once. */
export async function ensureDatabase(serverUrl: string, database: string): Promise<'created' | 'found'> {
  const maintenance = new URL(serverUrl).pathname.length > 1 ? serverUrl : databaseUrl(serverUrl, 'postgres');
  const exists = (client: Client) =>
    client.query('SELECT FROM pg_database WHERE datname = $1', [database]).then(({ rowCount }) => rowCount === 1);
  return withClient(maintenance, async (client) => {
    if (await exists(client)) return 'found';
    await client.query('SELECT pg_advisory_lock($1)', [creationLock]);
    if (await exists(client)) return 'found';
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    } catch (error) {
      // A process that connected by another maintenance database took another lock.
      if (['42P04', '23505'].includes((error as { code?: string }).code ?? '')) return 'found';
      throw new Error(`The database ${database} does not exist and cannot be created: ${(error as Error).message}`, { cause: error });
    }
    return 'created';
  });
}

/** Runs the pending migrations, one process at a time; the others wait and then find nothing to do. */
export async function migrate(url: string, orm: MikroORM, log: Log): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const applied = await orm.migrator.up();
    if (applied.length > 0) log.info({ event: 'migrations_applied', migrations: applied.map(({ name }) => name) }, 'migrations applied');
  });
}

/** Tries again while the server is away, e.g. still starting, until the time is up. */
export async function whileAway<T>(work: () => Promise<T>, timeoutMs: number, log: Log): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 2_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || Date.now() + waitMs > deadline) throw error;
      log.warn({ event: 'database_away', err: error, retryInMs: waitMs }, 'the database server does not answer yet');
      await delay(waitMs);
    }
  }
}
