import { setTimeout as delay } from 'node:timers/promises';
import { Migrator } from '@mikro-orm/migrations';
import { type EntityClass, type EntityManager, type EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { Client, type Pool } from 'pg';
import { tellCommitted } from './after-commit.ts';
import { tendPool } from './database-pool.ts';
import { databaseUrl, ensureDatabase, migrate, whileAway } from './database-setup.ts';
import { createEventSignal, type EventSignal } from './event-signal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { NamedMigration } from './migrations.ts';
import { isRetryableTransaction } from './outage.ts';
import { writeOutbox } from './outbox.ts';
import type { Service } from './service.ts';
import { query, runOnPool } from './sql.ts';

export type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

export interface DatabaseConfig {
  /** Address of the server; its path names the database used to create the service's own, `postgres` where it has none. */
  readonly url: string;
  /** The service's own database, e.g. `comptoir_compute`; created where it is missing. */
  readonly database: string;
  // biome-ignore lint/suspicious/noExplicitAny: entities of any shape
  readonly entities?: readonly (EntityClass<any> | EntitySchema<any>)[];
  /** Run in this order, each once; start with `platformMigrations`. */
  readonly migrations: readonly NamedMigration[];
  /** Connections at most; 10 by default. */
  readonly poolSize?: number;
  /** 30 s by default. */
  readonly statementTimeoutMs?: number;
  /** 10 s by default. */
  readonly lockTimeoutMs?: number;
  /** 30 s by default. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long `start` waits for a server that does not answer yet; 30 s by default. */
  readonly startTimeoutMs?: number;
}

export interface Database extends Service {
  /** The database's name on its server. */
  readonly database: string;
  /** Only once started. */
  readonly orm: MikroORM;
  /** Wakes after every commit that wrote to the outbox. */
  readonly committed: EventSignal;
  /** Wakes when outbox rows were given their position. */
  readonly sequenced: EventSignal;
  /** For statements outside of any transaction. It is one for all: no entity can be had of it, and it costs nothing to make, as a fork does. */
  readonly reads: EntityManager;
  fork(): EntityManager;
  /**
   * Runs the work in a transaction on a fresh entity manager and commits; up to three more times where it met a serialisation failure,
   * a deadlock or an optimistic lock. The work must not have effects outside of the transaction.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
  /** One parameterised statement outside of any transaction. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Opens a session of one's own, outside of the pool; whoever opens it listens to its `error` and ends it. */
  openSession(name: string): Promise<Client>;
  /** Round trip to the server; rejects where it does not answer within 2 s. */
  ping(signal?: AbortSignal): Promise<{ latencyMs: number }>;
}

const retries = 3;
const pingTimeoutMs = 2_000;
const stopTimeoutMs = 5_000;

export function createDatabase(config: DatabaseConfig, { log, metrics }: { log: Log; metrics?: Metrics }): Database {
  const { url: serverUrl, database, entities = [], migrations, poolSize = 10, startTimeoutMs = 30_000 } = config;
  const { statementTimeoutMs = 30_000, lockTimeoutMs = 10_000, idleInTransactionTimeoutMs = 30_000 } = config;
  const url = databaseUrl(serverUrl, database);
  const committed = createEventSignal();
  const sequenced = createEventSignal();
  let started: Promise<MikroORM> | undefined;
  let orm: MikroORM | undefined;
  let stopped: Promise<void> | undefined;

  async function open(): Promise<MikroORM> {
    const found = await whileAway(() => ensureDatabase(serverUrl, database), startTimeoutMs, log);
    if (found === 'created') log.info({ event: 'database_created', database }, 'database created');
    const opened = await MikroORM.init({
      clientUrl: url,
      dbName: database,
      entities: [...entities],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      ensureDatabase: false,
      forceUtcTimezone: true,
      pool: { min: 0, max: poolSize },
      migrations: { migrationsList: [...migrations], allOrNothing: true, snapshot: false, silent: true, disableForeignKeys: false },
      logger: (message) => log.warn({ event: 'orm', database }, message),
      driverOptions: {
        connectionString: url,
        application_name: database,
        keepAlive: true,
        // Statements need not wait for the answer to the one before: see held-statements.ts.
        pipeline: true,
        connectionTimeoutMillis: 5_000,
        statement_timeout: statementTimeoutMs,
        lock_timeout: lockTimeoutMs,
        idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
        // The server's own timeout comes first; this one is for a server that fell silent.
        query_timeout: statementTimeoutMs + 5_000,
        onPoolCreated: (pool: Pool) => tendPool(pool, { database, metrics }),
      },
    });
    try {
      await whileAway(() => migrate(url, opened, log), startTimeoutMs, log);
      runOnPool(opened.em as EntityManager, (await opened.em.getConnection().getNativeClient()) as Pool);
    } catch (error) {
      await opened.close(true);
      throw error;
    }
    return opened;
  }

  const running = () => {
    if (!orm) throw new Error(`The database ${database} is not started`);
    return orm;
  };

  return {
    name: `database ${database}`,
    database,
    committed,
    sequenced,
    get orm() {
      return running();
    },
    async start() {
      started ??= open();
      try {
        orm = await started;
      } catch (error) {
        started = undefined;
        throw error;
      }
    },
    async stop() {
      stopped ??= (async () => {
        const opened = await started?.catch(() => undefined);
        if (!opened) return;
        const closed = opened.close(true).then(() => true);
        const timer = new AbortController();
        const inTime = await Promise.race([closed, delay(stopTimeoutMs, false, { signal: timer.signal, ref: false }).catch(() => true)]);
        timer.abort();
        if (!inTime) log.warn({ event: 'database_stop_timeout', database }, 'connections were still in use when the database was to close');
      })();
      return stopped;
    },
    get reads() {
      return running().em as EntityManager;
    },
    fork: () => running().em.fork() as EntityManager,
    async transaction(work, { signal } = {}) {
      const { em } = running();
      for (let attempt = 0; ; attempt++) {
        signal?.throwIfAborted();
        let transaction: object | undefined;
        let tells = false;
        try {
          const result = await em.fork().transactional(async (transactional) => {
            transaction = transactional.getTransactionContext<object>();
            const value = await work(transactional as EntityManager);
            signal?.throwIfAborted();
            tells = await writeOutbox(transactional as EntityManager);
            return value;
          });
          if (tells) committed.wake();
          tellCommitted(transaction, log);
          return result;
        } catch (error) {
          if (attempt >= retries || !isRetryableTransaction(error)) throw error;
          log.debug({ event: 'transaction_retried', err: error, attempt }, 'transaction tried again');
        }
        await delay(Math.random() * 20 * 2 ** attempt, undefined, { signal });
      }
    },
    query: (sql, parameters) => query(running().em as EntityManager, sql, parameters),
    async openSession(name) {
      const session = new Client({
        connectionString: url,
        application_name: `${database} ${name}`,
        pipeline: true,
        connectionTimeoutMillis: 5_000,
        query_timeout: 15_000,
        statement_timeout: 12_000,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
      });
      session.on('error', (error) => log.debug({ event: 'session_lost', session: name, err: error }, 'session lost'));
      await session.connect();
      return session;
    },
    async ping(signal) {
      const bound = AbortSignal.any([AbortSignal.timeout(pingTimeoutMs), ...(signal ? [signal] : [])]);
      const startedAt = performance.now();
      const aborted = new Promise<never>((_, reject) => bound.addEventListener('abort', () => reject(bound.reason), { once: true }));
      await Promise.race([query(running().em as EntityManager, 'SELECT 1'), aborted]);
      return { latencyMs: performance.now() - startedAt };
    },
  };
}
