import { setTimeout } from 'node:timers/promises';
import { withResources } from '@comptoir/e2e/resources.ts';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import type { Load, LoadRequest, LoadResult } from '../load.ts';
import { otherWork } from '../machine.ts';
import { type BenchProcess, cpuSeconds, startBenchProcess, untilIdle } from '../processes.ts';
import { startServers } from '../servers.ts';
import { benchKey, startShop } from './shop.ts';

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

const headers = { 'x-api-key': benchKey };
const order = {
  products: [{ product_id: 1, quantity: 1 }],
  shipping_address: '12 rue des Halles, 45000 Orléans',
  billing_address: '12 rue des Halles, 45000 Orléans',
  payment_method: 'card',
};

/** A read, and the one whose answer the peer has in memory. */
interface Read {
  readonly name: string;
  readonly request: LoadRequest;
  readonly peer: string;
  /** What is measured as cached has to be so. */
  readonly cached?: true;
}

const list = '/products?limit=20';
const product = '/products/1';
const stock = '/api/v1/stock?limit=20';
const productCount = 40;
const pageCount = 15;
const afresh = { ...headers, 'cache-control': 'no-cache' };
const coldList: LoadRequest = { method: 'GET', path: `${list}&page={n}`, numbers: pageCount, headers: afresh };
const coldProduct: LoadRequest = { method: 'GET', path: '/products/{n}', numbers: productCount, headers: afresh };
const reads: readonly Read[] = [
  { name: 'product list, cached', cached: true, request: { method: 'GET', path: list, headers }, peer: list },
  { name: 'product, cached', cached: true, request: { method: 'GET', path: product, headers }, peer: product },
  { name: 'stock', request: { method: 'GET', path: stock, headers }, peer: stock },
  { name: 'product, cold', request: coldProduct, peer: product },
  { name: 'product list, cold', request: coldList, peer: list },
  // A price above all others, another one each time: the same list, asked in a way that nobody asked before. Last, for it leaves the most to be collected.
  { name: 'product list, nobody’s before', request: { method: 'GET', path: `${list}&prix_max=5{n}`, headers }, peer: list },
];
const orderStart: LoadRequest = {
  method: 'POST',
  path: '/api/v1/customers/1/order-processing',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify(order),
};

/** Of a hundred requests of a shop: what is looked at, what of it is new or to be seen afresh, and what is bought. */
const mixture: readonly (readonly [count: number, request: LoadRequest])[] = [
  [45, { method: 'GET', path: list, headers }],
  [5, { method: 'GET', path: `${list}&prix_max=6{n}`, headers }],
  [26, { method: 'GET', path: '/products/{n}', numbers: productCount, headers }],
  [4, coldProduct],
  [19, { method: 'GET', path: stock, headers }],
  [1, orderStart],
];

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

/** One side in one round. */
interface Sample extends LoadResult {
  /** Of the process that answers, for one request. */
  readonly cpuMicros: number;
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
        { name: 'cached', requests: evenly(mixture), pace },
        { name: 'cold', requests: evenly(mixture), pace, emptied: true },
        { name: 'cached', requests: evenly(mixture), pace: null },
      ];
      for (const count of clients) {
        say(`${count} clients, all together`);
        const its = shops.filter(({ pace }) => pace !== null || count === most);
        // All that is in it is warm by now.
        const figures = await inTurn(its, count);
        mixed.push(...its.map(({ name, pace }, index) => [name, saidOf(pace), ...(figures[index] ?? [])]));
      }
      return tables({ rows, orders, mixed }, busy);
    }),
};

const saidOf = (pace: Pace) => (pace === null ? 'at once after each answer' : `${pace.toLocaleString('en')} a second`);

/** Each as often as it says, spread over the whole. */
function evenly(parts: typeof mixture): LoadRequest[] {
  const placed = parts.flatMap(([count, request]) => Array.from({ length: count }, (_, index) => ({ at: (index + 0.5) / count, request })));
  return placed.sort((a, b) => a.at - b.at).map(({ request }) => request);
}

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

type Figure = 'perSecond' | 'p50Ms' | 'p95Ms' | 'cpuMicros';
const of = (samples: readonly Sample[], figure: Figure) => samples.map((each) => each[figure]);
const middle = (samples: readonly Sample[], figure: Figure, digits: number) => median(of(samples, figure)).toFixed(digits);

/** Requests a second, latency and CPU of one side by itself. */
function own(samples: readonly Sample[]): string[] {
  const worst = Math.max(...of(samples, 'p95Ms')).toFixed(0);
  return [
    spread(of(samples, 'perSecond')),
    `${middle(samples, 'p50Ms', 1)} / ${middle(samples, 'p95Ms', 1)} (${worst})`,
    middle(samples, 'cpuMicros', 0),
  ];
}

function errorsOf(samples: readonly Sample[]): string {
  const errors = samples.reduce((sum, each) => sum + each.errors, 0);
  const refused = samples.flatMap((each) => Object.entries(each.refused).map(([status, count]) => `${count} × ${status}`));
  return [String(errors), ...refused].join(', ');
}

function readRow(name: string, count: number, { ours, theirs }: { ours: readonly Sample[]; theirs: readonly Sample[] }): string[] {
  const [perSecond = '', latency = '', cpu = ''] = own(ours);
  return [
    name,
    String(count),
    perSecond,
    spread(of(theirs, 'perSecond')),
    spread(ratios(of(ours, 'perSecond'), of(theirs, 'perSecond')), 2),
    latency,
    `${middle(theirs, 'p50Ms', 1)} / ${middle(theirs, 'p95Ms', 1)}`,
    `${cpu} / ${middle(theirs, 'cpuMicros', 0)}`,
    errorsOf([...ours, ...theirs]),
  ];
}

function tables({ rows, orders, mixed }: Readonly<Record<'rows' | 'orders' | 'mixed', string[][]>>, busy: string[]): Table[] {
  return [
    {
      title: 'Reads',
      columns: [
        '',
        'clients',
        'requests/s, Comptoir',
        'requests/s, static',
        'ratio',
        'p50 / p95 ms, Comptoir (worst p95)',
        'p50 / p95 ms, static',
        'CPU µs a request, gateway / static',
        'errors',
      ],
      rows,
      notes: [
        'To reach: cached reads at least half of the static answer, which is the same byte for byte, its head too.',
        'What each can do alone: clients send the next request as soon as one is answered, so latency is clients divided by throughput. They share the two cores with gateway, subgraphs and PostgreSQL.',
        `Cold: with Cache-Control: no-cache, one of ${pageCount} pages and of ${productCount} products. Who asks for the same at the same time shares one making of the answer, as anywhere. Of the last list every request is another one, by its filter, so that nothing is shared.`,
        ...busy,
      ],
    },
    {
      title: 'Starting orders',
      columns: ['orders', 'clients', 'requests/s', 'p50 / p95 ms (worst p95)', 'CPU µs a request, gateway', 'errors'],
      rows: orders,
      notes: [
        'All at once: an order of each client in a round. The sagas that they start run at the same time on the same cores, and end before the next round.',
        `At ${orderPace} a second: as many as are carried through meanwhile, from the order to its end; the clients take turns.`,
      ],
    },
    {
      title: 'All together',
      columns: ['', 'next request', 'clients', 'requests/s', 'p50 / p95 ms (worst p95)', 'CPU µs a request, gateway', 'errors'],
      rows: mixed,
      notes: [
        'To reach: p95 below 105 ms at 300 clients, no errors, more than 1,200 requests a second. 300 clients who send 1,200 a second together wait between two requests; those who do not, and are answered 1,200 times a second, would be answered within 250 ms by arithmetic alone.',
        'Of 100 requests 50 lists (5 of them asked in a way that nobody asked before), 30 products (4 of them afresh), 19 times stock, 1 order, whose saga runs meanwhile on the same cores and whose changes of stock remove kept answers. Cold: the cache is emptied as soon as all clients send.',
      ],
    },
  ];
}
