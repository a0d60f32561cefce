import type { Client } from 'pg';
import { pause } from './broker/backoff.ts';
import type { Database } from './database.ts';
import { nameOfFrequent } from './frequent-statements.ts';
import type { Log } from './log.ts';

/** The session that holds the lock: while a statement on it succeeds, nobody else leads. */
export interface LeaderSession {
  /** Statements are carried out in the order of the calls; one that is called before the answer to another has come goes out with no wait for it. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Aborts when the lead is lost or given up. */
  readonly signal: AbortSignal;
}

export interface LeadershipConfig {
  readonly database: Database;
  /** Of the session, and in the logs. */
  readonly name: string;
  /** The advisory lock, one per kind of work and database. */
  readonly lock: number;
  /** Time between two tries to take the lead. */
  readonly pollMs: number;
  readonly log: Log;
  /** Ends it: the work is told by its own signal and waited for. */
  readonly signal: AbortSignal;
}

/**
 * Among any number of processes that call it, one at a time runs the work: the one whose session holds the advisory lock. A lost session ends the lead; another
 * process, or this one, takes it over. Runs until the signal aborts.
 */
export async function lead(config: LeadershipConfig, work: (session: LeaderSession) => Promise<void>): Promise<void> {
  const { database, name, lock, pollMs, log, signal } = config;
  for (let failures = 0; !signal.aborted; ) {
    let client: Client | null = null;
    try {
      client = await database.openSession(name);
      await whileConnected(client, signal, async (session) => {
        // A server that does not notice our death would keep the lock for hours.
        await session.query('SET tcp_keepalives_idle = 10');
        await session.query('SET tcp_keepalives_interval = 5');
        await session.query('SET tcp_keepalives_count = 3');
        // Plans are kept while the tables grow: one made for a table that was small must not read all of it later.
        await session.query('SET enable_seqscan = off');
        while (!session.signal.aborted) {
          const [row] = await session.query<{ leads: boolean }>('SELECT pg_try_advisory_lock($1) AS leads', [lock]);
          failures = 0;
          if (row?.leads) {
            log.debug({ event: 'lead_taken', name }, 'leads');
            return await work(session);
          }
          await pause(pollMs, session.signal);
        }
      });
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      log.warn({ event: 'lead_lost', name, err: error }, 'the leading session ended');
    } finally {
      await client?.end().catch(() => undefined); // it may be gone already
    }
    await pause(Math.min(pollMs * 2 ** Math.min(failures, 4), 5_000), signal);
  }
}

/** Runs the work with the session; once that is lost the work's signal aborts and its queries reject. */
async function whileConnected(client: Client, signal: AbortSignal, work: (session: LeaderSession) => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const end = (reason: unknown) => ended.abort(reason);
  const onAbort = () => end(signal.reason);
  client.once('error', end);
  client.once('end', () => end(new Error('The session was closed')));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    await work({
      signal: ended.signal,
      async query<Row>(sql: string, parameters: readonly unknown[] = []) {
        const { rows } = await client.query({ name: nameOfFrequent(sql), text: sql, values: [...parameters] });
        return rows as Row[];
      },
    });
    if (ended.signal.aborted && !signal.aborted) throw ended.signal.reason;
  } finally {
    signal.removeEventListener('abort', onAbort);
    end(new Error('The lead was given up'));
  }
}
