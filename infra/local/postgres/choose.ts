import os from 'node:os';
import { accepts } from '../ports.ts';
import { SetupError } from '../setup-error.ts';
import { type PostgresProbe, probePostgres } from './probe.ts';

export type PostgresChoice =
  /** Of DATABASE_URL. */
  | { readonly kind: 'configured'; readonly url: string; readonly version: string }
  /** On the standard port of this machine. */
  | { readonly kind: 'found'; readonly url: string; readonly version: string }
  /** `notUsed` says why the server on the standard port is not used, where there is one. */
  | { readonly kind: 'embedded'; readonly notUsed?: string };

export interface PostgresLook {
  readonly probe: (url: string, timeoutMs: number) => Promise<PostgresProbe>;
  readonly listens: (port: number) => Promise<boolean>;
}

const standardPort = 5432;
const configuredTimeoutMs = 10_000;
const foundTimeoutMs = 1_500;

/** Which PostgreSQL to use. Throws SetupError where the configured one cannot be used: another one would be a surprise. */
export async function choosePostgres(
  env: NodeJS.ProcessEnv,
  look: PostgresLook = { probe: probePostgres, listens: accepts },
): Promise<PostgresChoice> {
  if (env.DATABASE_URL) {
    const answer = await look.probe(env.DATABASE_URL, configuredTimeoutMs);
    if (answer.usable) return { kind: 'configured', url: env.DATABASE_URL, version: answer.version };
    throw new SetupError(
      `DATABASE_URL is set but cannot be used: ${answer.cause}.\nMend it (postgres://user:password@host:5432/), or unset it to use the embedded PostgreSQL.`,
    );
  }
  if (!(await look.listens(standardPort))) return { kind: 'embedded' };
  let cause = '';
  for (const url of candidates(env)) {
    const answer = await look.probe(url, foundTimeoutMs);
    if (answer.usable) return { kind: 'found', url, version: answer.version };
    cause ||= answer.cause;
  }
  return { kind: 'embedded', notUsed: `PostgreSQL on ${standardPort} not used (${cause}); set DATABASE_URL to use it` };
}

/** Whom to try to be: what libpq's variables say, else the usual administrator, else who we are. */
function candidates(env: NodeJS.ProcessEnv): string[] {
  const users = env.PGUSER ? [env.PGUSER] : ['postgres', os.userInfo().username];
  const secret = env.PGPASSWORD ? `:${encodeURIComponent(env.PGPASSWORD)}` : '';
  return [...new Set(users)].map((user) => `postgres://${encodeURIComponent(user)}${secret}@127.0.0.1:${standardPort}/postgres`);
}
