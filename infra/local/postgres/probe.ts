import type { Client } from 'pg';

const oldestMajor = 14;

export type PostgresProbe =
  | { readonly usable: true; readonly version: string }
  /** `cause` fits after "not used" and after "cannot be used". */
  | { readonly usable: false; readonly cause: string };

const needed = ['comptoir_compute', 'comptoir_accounts'];

/** Logs in and looks whether our databases can be created there (or are there already). Takes at most `timeoutMs` for each step. */
export async function probePostgres(url: string, timeoutMs: number): Promise<PostgresProbe> {
  // Not needed where nothing listens, which is the usual case.
  const { Client } = (await import('pg')).default;
  let client: Client;
  try {
    client = new Client({
      connectionString: url,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      application_name: 'comptoir probe',
    });
  } catch (error) {
    return { usable: false, cause: `it is no PostgreSQL address (${(error as Error).message})` };
  }
  // The failing call tells of it; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, pg_is_in_recovery() AS standby,
              (SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user) AS creates,
              (SELECT count(*)::int FROM pg_database WHERE datname = ANY ($1)) AS found`,
      [needed],
    );
    return judge(rows[0] as ServerFacts);
  } catch (error) {
    return { usable: false, cause: explain(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

export interface ServerFacts {
  readonly version: string;
  readonly number: number;
  readonly standby: boolean;
  readonly creates: boolean;
  /** How many of our databases are there. */
  readonly found: number;
}

export function judge({ version, number, standby, creates, found }: ServerFacts): PostgresProbe {
  if (number < oldestMajor * 10_000) return { usable: false, cause: `PostgreSQL ${version} is older than ${oldestMajor}` };
  if (standby) return { usable: false, cause: 'it is a standby and takes no writes' };
  if (!creates && found < needed.length) return { usable: false, cause: 'this user may not create databases (ALTER ROLE … CREATEDB)' };
  return { usable: true, version };
}

/** PostgreSQL's code and message; what the client says about itself in plainer words. */
export function explain(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (/client password must be a string|no password/i.test(message)) return 'password required';
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `its host is not known (${code})`;
  if (/timeout/i.test(message)) return 'it does not answer';
  if (/Connection terminated unexpectedly|unexpected|Received unexpected/i.test(message))
    return `it does not speak PostgreSQL's protocol (${message})`;
  return code === undefined ? message : `${code} ${message}`;
}
