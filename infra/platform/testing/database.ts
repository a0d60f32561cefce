import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createDatabase, type Database, type DatabaseConfig } from '../database.ts';
import { platformMigrations } from '../migrations.ts';
import { testEnvironment } from './environment.ts';
import { testLog } from './log.ts';

export interface TestDatabase extends AsyncDisposable {
  /** Address of the server. */
  readonly url: string;
  /** Begins the name of every database of this test; all of them are dropped in the end. For DATABASE_PREFIX. */
  readonly prefix: string;
  /** Creates, migrates and starts the database of a service; stopped in the end. */
  open(options?: Partial<Omit<DatabaseConfig, 'url' | 'database'>> & { service?: string }): Promise<Database>;
  /** Ends every session on the databases of this test, as a restart of the server does; returns how many. */
  terminateSessions(): Promise<number>;
}

/** Databases of the test's own on the server of TEST_DATABASE_URL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = testEnvironment('TEST_DATABASE_URL');
  const prefix = `test_${randomBytes(6).toString('hex')}_`;
  const opened: Database[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const admin = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 20_000, application_name: prefix });
  admin.on('error', (error) => console.error('The test’s administrative session was lost:', error.message));
  await admin.connect();
  return {
    url,
    prefix,
    async open({ service = 'service', migrations = platformMigrations, ...options } = {}) {
      const database = createDatabase({ url, database: `${prefix}${service}`, migrations, ...options }, { log: testLog() });
      opened.push(database);
      await database.start();
      return database;
    },
    terminateSessions() {
      const ended = last.then(async () => {
        const { rowCount } = await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(datname, $1)', [
          prefix,
        ]);
        return rowCount ?? 0;
      });
      last = ended;
      return ended;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((database) => database.stop()));
      const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
      for (const { datname } of rows) await admin.query(`DROP DATABASE ${admin.escapeIdentifier(datname)} WITH (FORCE)`);
      await admin.end();
    },
  };
}
