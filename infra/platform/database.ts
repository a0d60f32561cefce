import type { EntityClass, EntityManager, EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import type { EventSignal } from './event-signal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { NamedMigration } from './migrations.ts';
import type { Service } from './service.ts';

export type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

export interface DatabaseConfig {
  /** Address of the server; its path names the database used to create the service's own, `postgres` where it has none. */
  readonly url: string;
  /** The service's own database, e.g. `comptoir_compute`; created where it is missing. */
  readonly database: string;
  readonly entities?: readonly (EntityClass<unknown> | EntitySchema)[];
  /** Run in this order, each once; start with `platformMigrations`. */
  readonly migrations: readonly NamedMigration[];
  /** Connections at most; 10 by default. */
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
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
  fork(): EntityManager;
  /**
   * Runs the work in a transaction on a fresh entity manager and commits; up to three more times where it met a serialisation failure,
   * a deadlock or an optimistic lock. The work must not have effects outside of the transaction.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
  /** One parameterised statement outside of any transaction. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Opens a session of one's own, outside of the pool; whoever opens it ends it. */
  openSession(name: string): Promise<Client>;
  /** Round trip to the server; rejects where it does not answer in time. */
  ping(signal?: AbortSignal): Promise<{ latencyMs: number }>;
}

export function createDatabase(_config: DatabaseConfig, _deps: { log: Log; metrics?: Metrics }): Database {
  throw new Error('createDatabase is not written yet');
}
