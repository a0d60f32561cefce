import type { Database, DatabaseConfig } from '../database.ts';

export interface TestDatabase extends AsyncDisposable {
  /** Address of the server. */
  readonly url: string;
  /** Begins the name of every database of this test; all of them are dropped in the end. For DATABASE_PREFIX. */
  readonly prefix: string;
  /** Creates, migrates and starts a database of the service; stopped in the end. */
  open(options?: Partial<Omit<DatabaseConfig, 'url' | 'database'>> & { service?: string }): Promise<Database>;
  /** Ends every session on the databases of this test, as a restart of the server does. */
  terminateSessions(): Promise<void>;
}

/** Databases of the test's own on the server of TEST_DATABASE_URL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  throw new Error('createTestDatabase is not written yet');
}
