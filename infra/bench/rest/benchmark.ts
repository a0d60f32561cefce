import { setTimeout } from 'node:timers/promises';
import { withResources } from '@comptoir/e2e/resources.ts';
import type { Benchmark, Size } from '../benchmark.ts';
import type { Load, LoadRequest, LoadResult } from '../load.ts';
import { otherWork } from '../machine.ts';
import { type BenchProcess, cpuSeconds, startBenchProcess, untilIdle } from '../processes.ts';
import { startServers } from '../servers.ts';
import { headers, mixture, orderStart, reads } from './requests.ts';
import { startShop } from './shop.ts';
import { errorsOf, own, readRow, type Sample, tables } from './tables.ts';

/** `cachedSeconds`: of answers from memory, of which a client gets so many that its connection, which is opened anew for each sample, does not count. */
const plans: Readonly<Record<Size, { clients: readonly number[]; rounds: number; seconds: number; cachedSeconds: number }>> = {
  small: { clients: [100], rounds: 2, seconds: 0.5, cachedSeconds: 0.5 },
  full: { clients: [100, 300], rounds: 5, seconds: 0.25, cachedSeconds: 0.5 },
};
const roundTimeoutMs = 60_000;
const drainTimeoutMs = 10_000;
/** Long enough that what an order sets off is in it. */
const mixedSeconds = 1.5;
/** Those that keep a pace begin one after the other within this time, and are measured after it. */
const allSendAfterMs = 1_000;
/** How many requests a second all clients send together; null: each sends the next one as soon as one is answered. */
type Pace = number | null;
/** Above what is to be reached. */
const pace = 1_320;
/** Of orders alone, each of which costs what a hundred reads do: what the machine carries through, from the order to its end. */
const orderPace = 50;

/** What all clients send together. */
interface SharedLoad {
  readonly requests: readonly LoadRequest[];
  readonly pace: Pace;
  /** The cache loses everything as soon as all clients send. */
  readonly emptied?: boolean;
}

interface Side {
  readonly url: string;
  readonly pid: number;
}

export const benchmark: Benchmark = {
  measures:
    'Requests through the REST facade of the whole system, a process for each part, with limits, rights and cache; against Fastify that answers the same bytes from memory.',

  run: ({ size, say }) =>
    withResources(async (resources) => {
      const { clients, rounds, seconds, cachedSeconds } = plans[size];
      const busy = otherWork();
      resources.use(await startServers(say));
      const shop = await startShop(resources);
      const peer = resources.use(await startBenchProcess(new URL('./static-server.ts', import.meta.url)));
      const loader = resources.use(await startBenchProcess(new URL('../load.ts', import.meta.url)));
      await handOver(shop.url, peer);

      async function sample(side: Side, load: Omit<Load, 'url'>, emptiedAfterMs?: number): Promise<Sample> {
        await untilIdle(side.pid);
        const cpuBefore = cpuSeconds(side.pid);
        const emptying = emptiedAfterMs === undefined ? undefined : setTimeout(emptiedAfterMs).then(shop.clearCache);
        const [result] = await Promise.all([loader.ask<LoadResult>({ ...load, url: side.url }, roundTimeoutMs), emptying]);
        return { ...result, cpuMicros: ((cpuSeconds(side.pid) - cpuBefore) * 1e6) / result.answered };
      }

      /** By side, request and clients. */
      const amounts = new Map<string, number>();
      /** After the first time by number, not by time: what is on its way when a time is up would be in the CPU and not among the answers. */
      async function sampleRead(side: Side, request: LoadRequest, clients: number, seconds: number): Promise<Sample> {
        const name = [side.pid, clients, request.path, request.headers['cache-control']].join(' ');
        const amount = amounts.get(name);
        const taken = await sample(side, { requests: [request], clients, ...(amount === undefined ? { seconds } : { amount }) });
        // As many as take a side the same time of its own, whatever else the machine has to do.
        amounts.set(name, Math.max(2 * clients, Math.round((seconds * 1e6) / taken.cpuMicros)));
        return taken;
      }
      const ours = { url: shop.url, pid: shop.gatewayPid };
      const theirs = { url: String(peer.ready.url), pid: peer.pid };

      const rows: string[][] = [];
      for (const count of clients) {
        const measured = reads.map(() => ({ ours: [] as Sample[], theirs: [] as Sample[] }));
        for (let round = -1; round < rounds; round++) {
          say(round < 0 ? `${count} clients: warming up` : `${count} clients, round ${round + 1} of ${rounds}`);
          const peers = new Map<string, Sample>();
          for (const [index, read] of reads.entries()) {
            if (read.cached) await expectCached(shop.url, read.request.path);
            const our = await sampleRead(ours, read.request, count, read.cached ? cachedSeconds : seconds);
            const their =
              peers.get(read.peer) ?? (await sampleRead(theirs, { method: 'GET', path: read.peer, headers }, count, cachedSeconds));
            peers.set(read.peer, their);
            if (round < 0) continue;
            measured[index]?.ours.push(our);
            measured[index]?.theirs.push(their);
          }
        }
        for (const [index, { name }] of reads.entries()) rows.push(readRow(name, count, measured[index] ?? { ours: [], theirs: [] }));
      }

      const orders: string[][] = [];
      for (const count of clients) {
        const measured: Sample[] = [];
        for (let round = count === clients[0] ? -1 : 0; round < rounds; round++) {
          say(round < 0 ? `${count} clients start orders: warming up` : `${count} clients start orders, round ${round + 1} of ${rounds}`);
          const started = await sample(ours, { requests: [orderStart], clients: count, amount: count });
          await shop.drained(drainTimeoutMs);
          if (round >= 0) measured.push(started);
        }
        orders.push(['all at once', String(count), ...own(measured), errorsOf(measured)]);
      }

      /** A sample of each in turn, of so many clients. */
      async function inTurn(loads: readonly SharedLoad[], count: number): Promise<string[][]> {
        const measured = loads.map(() => [] as Sample[]);
        for (let round = 0; round < rounds; round++) {
          for (const [index, { requests, pace, emptied }] of loads.entries()) {
            const load = { requests, clients: count, seconds: mixedSeconds, ...(pace !== null && { perSecond: pace }) };
            measured[index]?.push(await sample(ours, load, emptied ? allSendAfterMs : undefined));
            await shop.drained(drainTimeoutMs);
          }
        }
        return measured.map((samples) => [String(count), ...own(samples), errorsOf(samples)]);
      }

      const most = Math.max(...clients);
      say(`${most} clients, orders at a pace`);
      for (const figures of await inTurn([{ requests: [orderStart], pace: orderPace }], most)) orders.push([saidOf(orderPace), ...figures]);

      const mixed: string[][] = [];
      const shops = [
        { name: 'cached', requests: mixture, pace },
        { name: 'just emptied', requests: mixture, pace, emptied: true },
        { name: 'cached', requests: mixture, pace: null },
      ];
      for (const count of clients) {
        say(`${count} clients, all together`);
        const its = shops.filter(({ pace }) => pace !== null || count === most);
        // All that is in it is warm by now.
        const figures = await inTurn(its, count);
        mixed.push(...its.map(({ name, pace }, index) => [name, saidOf(pace), ...(figures[index] ?? [])]));
      }
      return tables({ rows, orders, mixed }, orderPace, busy);
    }),
};

const saidOf = (pace: Pace) => (pace === null ? 'at once after each answer' : `${pace.toLocaleString('en')} a second`);

/** What each server says of its own connections. */
const ofConnection = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

/** Gives the peer the bytes that Comptoir answers. */
async function handOver(url: string, peer: BenchProcess): Promise<void> {
  for (const path of new Set(reads.map((read) => read.peer))) {
    const response = await fetch(new URL(path, url), { headers });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${path} is answered with ${response.status}: ${body}`);
    const own = [...response.headers].filter(([name]) => !ofConnection.has(name));
    await peer.ask({ path, body, headers: Object.fromEntries(own) }, roundTimeoutMs);
  }
}

async function expectCached(url: string, path: string): Promise<void> {
  let said: string | null = null;
  for (let attempt = 0; attempt < 3 && said !== 'HIT'; attempt++) {
    const response = await fetch(new URL(path, url), { headers });
    await response.arrayBuffer();
    said = response.headers.get('x-cache');
  }
  if (said !== 'HIT') throw new Error(`${path} is not answered from the cache: X-Cache is ${said}`);
}
