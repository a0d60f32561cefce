/** Sends requests to one address from a process of its own, as fast as they are answered, by autocannon. */
import { createRequire } from 'node:module';
import { percentile } from '../figures.ts';

/** What is used of autocannon, which has no types of its own. */
interface Running extends Promise<{ errors: number; timeouts: number; non2xx: number; mismatches: number }> {
  on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Running;

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** In path and body, `{n}` is another number for each request, from 1 to `numbers` and again. */
  readonly path: string;
  readonly numbers?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly clients: number;
  readonly seconds?: number;
  /** So many requests instead of so many seconds. */
  readonly amount?: number;
  /** An answer that holds this text is an error. */
  readonly fault?: string;
}

export interface LoadResult {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly errors: number;
  /** Statuses other than 2xx, with how often. */
  readonly refused: Readonly<Record<string, number>>;
}

const requestTimeoutSeconds = 10;
let n = 0;

async function run({
  url,
  method,
  path,
  numbers = Number.MAX_SAFE_INTEGER,
  headers,
  body,
  clients,
  seconds,
  amount,
  fault,
}: Load): Promise<LoadResult> {
  const sent = { path, ...(body === undefined ? {} : { body }) };
  const numbered = Object.entries(sent).filter(([, text]) => text.includes('{n}'));
  const setupRequest = (each: object) => {
    const number = String((n++ % numbers) + 1);
    return { ...each, ...Object.fromEntries(numbered.map(([part, text]) => [part, text.replace('{n}', number)])) };
  };
  const request = { method, ...sent, headers: { ...headers }, ...(numbered.length > 0 ? { setupRequest } : {}) };
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const running = autocannon({
    url,
    connections: clients,
    timeout: requestTimeoutSeconds,
    requests: [request],
    ...(fault === undefined ? {} : { verifyBody: (text: string) => !text.includes(fault) }),
    ...(amount === undefined ? { duration: seconds } : { amount }),
  });
  const refused: Record<string, number> = {};
  let endedAt = startedAt;
  running.on('response', (_client, status, _bytes, ms) => {
    endedAt = performance.now();
    latenciesMs.push(ms);
    if (status < 200 || status > 299) refused[status] = (refused[status] ?? 0) + 1;
  });
  const result = await running;
  return {
    answered: latenciesMs.length,
    perSecond: latenciesMs.length / ((endedAt - startedAt) / 1000),
    p50Ms: percentile(latenciesMs, 0.5),
    p95Ms: percentile(latenciesMs, 0.95),
    errors: result.errors + result.timeouts + result.non2xx + result.mismatches,
    refused,
  };
}

process.on('message', async (message: { type: string } & Load) => {
  if (message.type === 'ask') process.send?.({ type: 'answer', ...(await run(message)) });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
