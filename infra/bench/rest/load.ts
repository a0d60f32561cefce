/** Sends requests to one address from a process of its own, as fast as they are answered, by autocannon. */
import { createRequire } from 'node:module';
import { percentile } from '../figures.ts';

/** What is used of autocannon, which has no types of its own. */
interface Running extends Promise<{ errors: number; timeouts: number; non2xx: number }> {
  on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Running;

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** `{n}` is another number for each request, from 1 to `numbers` and again. */
  readonly path: string;
  readonly numbers?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly clients: number;
  readonly seconds: number;
  /** So many requests instead of so many seconds. */
  readonly amount?: number;
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
}: Load): Promise<LoadResult> {
  const numbered = path.includes('{n}');
  const request = {
    method,
    path,
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
    ...(numbered ? { setupRequest: (each: object) => ({ ...each, path: path.replace('{n}', String((n++ % numbers) + 1)) }) } : {}),
  };
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const running = autocannon({
    url,
    connections: clients,
    timeout: requestTimeoutSeconds,
    requests: [request],
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
    errors: result.errors + result.timeouts + result.non2xx,
    refused,
  };
}

process.on('message', async (message: { type: string } & Load) => {
  if (message.type === 'ask') process.send?.({ type: 'answer', ...(await run(message)) });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
