/** Sends requests to one address from a process of its own, as fast as they are answered, by autocannon. */
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { percentile } from './figures.ts';

/** What is used of autocannon, which has no types of its own. */
interface Running extends Promise<{ errors: number; timeouts: number; non2xx: number; mismatches: number }> {
  on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Running;

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  /** In path and body, `{n}` is another number for each request, from 1 to `numbers` and again. */
  readonly path: string;
  readonly numbers?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  /** Sent in this order, over all clients, and again from the first. */
  readonly requests: readonly LoadRequest[];
  readonly clients: number;
  readonly seconds?: number;
  /** So many requests instead of so many seconds. */
  readonly amount?: number;
  /** All clients together send no more than so many; as many as are answered where left out. */
  readonly perSecond?: number;
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
/** How often autocannon looks whether its time is up. */
const lookEveryMs = 100;
/** Of those that keep a pace; more where they send less than one a second. */
const clientsAtOnce = 5;
let n = 0;

function fill({ method, path, headers, body }: LoadRequest, number: number): object {
  const set = (text: string) => text.replace('{n}', String(number));
  return { method, path: set(path), headers: { ...headers }, ...(body !== undefined && { body: set(body) }) };
}

/** What autocannon sends: one and the same request costs the generator less than one that is made each time. */
function sent(requests: readonly LoadRequest[]): object {
  const [first, ...others] = requests as [LoadRequest, ...LoadRequest[]];
  const same = fill(first, 1);
  if (others.length === 0 && !`${first.path}${first.body}`.includes('{n}')) return same;
  const setupRequest = (each: object) => {
    const request = requests[n % requests.length]!;
    return { ...each, ...fill(request, (n++ % (request.numbers ?? Number.MAX_SAFE_INTEGER)) + 1) };
  };
  return { ...same, setupRequest };
}

async function run({ url, requests, clients, seconds, amount, perSecond, fault }: Load): Promise<LoadResult> {
  let answered = 0;
  const latenciesMs: number[] = [];
  const refused: Record<string, number> = {};
  const startedAt = performance.now();
  // Of those that keep a pace, only the time counts in which all do.
  const fromAt = startedAt + (perSecond === undefined ? 0 : 1_000);
  const untilAt = perSecond === undefined || seconds === undefined ? Number.POSITIVE_INFINITY : startedAt + seconds * 1_000;
  let endedAt = fromAt;

  async function send(share: { clients: number; perSecond?: number; afterMs: number }) {
    await setTimeout(share.afterMs);
    const running = autocannon({
      url,
      connections: share.clients,
      timeout: requestTimeoutSeconds,
      sampleInt: lookEveryMs,
      requests: [sent(requests)],
      ...(share.perSecond !== undefined && { overallRate: share.perSecond }),
      ...(fault === undefined ? {} : { verifyBody: (text: string) => !text.includes(fault) }),
      ...(amount === undefined ? { duration: seconds } : { amount }),
    });
    running.on('response', (_client, status, _bytes, ms) => {
      answered++;
      const now = performance.now();
      if (now >= fromAt && now <= untilAt) {
        endedAt = now;
        latenciesMs.push(ms);
      }
      if (status < 200 || status > 299) refused[status] = (refused[status] ?? 0) + 1;
    });
    return await running;
  }

  const shares = perSecond === undefined ? [{ clients, afterMs: 0 }] : spreadOverSecond(clients, perSecond);
  const results = await Promise.all(shares.map(send));
  return {
    answered,
    perSecond: latenciesMs.length / ((endedAt - fromAt) / 1000),
    p50Ms: percentile(latenciesMs, 0.5),
    p95Ms: percentile(latenciesMs, 0.95),
    errors: results.reduce((sum, { errors, timeouts, non2xx, mismatches }) => sum + errors + timeouts + non2xx + mismatches, 0),
    refused,
  };
}

/** autocannon sends what belongs to a second at its beginning: clients that begin one after the other send all through it. */
function spreadOverSecond(clients: number, perSecond: number) {
  const groups = Math.min(clients / clientsAtOnce, perSecond);
  const share = { clients: clients / groups, perSecond: perSecond / groups };
  return Array.from({ length: groups }, (_, index) => ({ ...share, afterMs: (index * 1_000) / groups }));
}

process.on('message', async (message: { type: string } & Load) => {
  if (message.type === 'ask') process.send?.({ type: 'answer', ...(await run(message)) });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
