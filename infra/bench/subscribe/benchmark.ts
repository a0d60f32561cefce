import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Resources, withResources } from '@comptoir/e2e/resources.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import { startGateway } from '../gateway.ts';
import { hiveNames, hivePlanners, installHive, startHive } from '../hive.ts';
import { otherWork } from '../machine.ts';
import { type BenchProcess, cpuSeconds, residentBytes, startBenchProcess } from '../processes.ts';

const plans: Readonly<Record<Size, { clients: readonly number[]; rounds: number; events: number; distinct: number }>> = {
  small: { clients: [100], rounds: 2, events: 10, distinct: 50 },
  full: { clients: [100, 1_000, 5_000], rounds: 5, events: 10, distinct: 1_000 },
};
const roundTimeoutMs = 60_000;
/** Hive Gateway resolves each event for each client: of many clients, a round of it has fewer events. */
const hiveDeliveries = 1_000;
const settleMs = 200;

const federated = 'subscription ($shard: Int) { tick(shard: $shard) { n at buyer { name city } product { name price } } }';

interface Side {
  readonly name: string;
  /** The process that delivers. */
  readonly pid: number;
  readonly clients: BenchProcess;
  /** The process that emits; the subgraphs, each side's own, but for the bare server. */
  readonly source: BenchProcess;
  /** Events of a round. */
  readonly events: number;
  /** How many times it has resolved an event so far; of those that tell. */
  resolutions?(): Promise<number>;
}

interface Source {
  readonly subscribers: number;
  /** Requests so far, by subgraph; the bare server has none to ask. */
  readonly calls?: Readonly<Record<string, number>>;
}

interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerDelivery: number;
}

interface Measured {
  readonly side: Side;
  readonly clientCount: number;
  readonly idleKilobytes: number;
  readonly rounds: Round[];
  readonly upstreams: number;
  readonly callsPerEvent: number;
  readonly resolutionsPerEvent: number;
}

/** Emits a burst of events and waits until every client has all of them. */
async function round({ name, pid, clients, source }: Side, clientCount: number, events: number): Promise<Round> {
  await clients.ask({ expect: events }, roundTimeoutMs);
  const cpuBefore = cpuSeconds(pid);
  const startedAt = performance.timeOrigin + performance.now();
  const collected = clients.ask<{ received: number; errors: number; endedAt: number; p50Ms: number; p99Ms: number }>(
    { collect: true },
    roundTimeoutMs,
  );
  await source.ask({ events }, roundTimeoutMs);
  const { received, errors, endedAt, p50Ms, p99Ms } = await collected;
  if (errors > 0 || received !== events * clientCount)
    throw new Error(`${name}: ${received} of ${events * clientCount} deliveries, ${errors} errors`);
  const cpuMicros = (cpuSeconds(pid) - cpuBefore) * 1e6;
  return { perSecond: received / ((endedAt - startedAt) / 1000), p50Ms, p99Ms, cpuMicrosPerDelivery: cpuMicros / received };
}

/** Sum over the labels of a metric. */
function metric(text: string, name: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function startSides(resources: Resources, folder: string, clientCount: number, events: number): Promise<Side[]> {
  const openClients = async (url: string) =>
    resources.use(
      await startBenchProcess(new URL('./clients.ts', import.meta.url), { env: { TARGET: url.replace(/^http/, 'ws'), QUERY: federated } }),
    );
  const startSubgraphs = async () => resources.use(await startBenchProcess(new URL('./subgraphs.ts', import.meta.url)));

  const source = await startSubgraphs();
  const gateway = await startGateway(source.ready.supergraphSdl as string, folder, { AUTH: 'off', LOG_LEVEL: 'warn' });
  resources.use(gateway.process);
  const bare = resources.use(await startBenchProcess(new URL('./bare-server.ts', import.meta.url)));
  const sides: Side[] = [
    {
      name: 'Comptoir',
      pid: gateway.process.pid,
      clients: await openClients(gateway.url),
      source,
      events,
      resolutions: async () => metric(await gateway.metrics(), 'subscription_resolutions_total'),
    },
    { name: 'bare', pid: bare.pid, clients: await openClients(bare.ready.url as string), source: bare, events },
  ];
  for (const planner of hivePlanners) {
    const itsSource = await startSubgraphs();
    const { process, url } = await startHive(planner, itsSource.ready.supergraphSdl as string, folder);
    resources.use(process);
    sides.push({
      name: hiveNames[planner],
      pid: process.pid,
      clients: await openClients(url),
      source: itsSource,
      events: Math.max(1, Math.min(events, Math.floor(hiveDeliveries / clientCount))),
    });
  }
  return sides;
}

const stateOf = ({ source }: Side) => source.ask<Source>({}, roundTimeoutMs);

/** Until no more subscriptions come in: a client is not told when its own is there. Waits 20 s at most. */
async function untilSubscribed(side: Side): Promise<number> {
  let subscribers = 0;
  for (let looks = 0; looks < 100; looks++) {
    const before = subscribers;
    await delay(settleMs);
    ({ subscribers } = await stateOf(side));
    if (subscribers > 0 && subscribers === before) break;
  }
  return subscribers;
}

const sumOf = (calls: Source['calls'] = {}) => Object.values(calls).reduce((sum, count) => sum + count, 0);

/** Every side with so many clients, in interleaved rounds. */
const measure = (clientCount: number, rounds: number, events: number, folder: string, distinct: boolean): Promise<Measured[]> =>
  withResources(async (resources) => {
    const sides = await startSides(resources, folder, clientCount, events);
    const begun = [];
    for (const side of sides) {
      const before = residentBytes(side.pid);
      await side.clients.ask({ open: clientCount, distinct }, roundTimeoutMs);
      const upstreams = await untilSubscribed(side);
      const idleKilobytes = (residentBytes(side.pid) - before) / clientCount / 1024;
      await round(side, clientCount, Math.min(2, side.events));
      begun.push({
        side,
        upstreams,
        idleKilobytes,
        calls: sumOf((await stateOf(side)).calls),
        resolutions: (await side.resolutions?.()) ?? Number.NaN,
        rounds: [] as Round[],
      });
    }
    for (let i = 0; i < rounds; i++) for (const { side, rounds: its } of begun) its.push(await round(side, clientCount, side.events));
    const measured: Measured[] = [];
    for (const { side, calls, resolutions, ...rest } of begun) {
      const emitted = rounds * side.events;
      measured.push({
        ...rest,
        side,
        clientCount,
        callsPerEvent: (sumOf((await stateOf(side)).calls) - calls) / emitted,
        resolutionsPerEvent: (((await side.resolutions?.()) ?? Number.NaN) - resolutions) / emitted,
      });
    }
    return measured;
  });

export const benchmark: Benchmark = {
  measures:
    'One event to many WebSocket clients of one operation with fields of three subgraphs, against Hive Gateway, plain and with its Rust planner, before the same subgraphs, and a bare graphql-ws server that answers the same fields itself.',

  async run({ size, say }) {
    const busy = otherWork();
    await installHive(say);
    const folder = ownFolder('bench');
    try {
      const plan = plans[size];
      const shared: Measured[] = [];
      for (const count of plan.clients) {
        say(`${count} clients`);
        shared.push(...(await measure(count, plan.rounds, plan.events, folder, false)));
      }
      say(`${plan.distinct} clients, every one with variables of its own`);
      const distinct = await measure(plan.distinct, plan.rounds, Math.ceil(plan.events / 5), folder, true);
      return tables(shared, distinct, busy);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const columns = [
  'clients',
  '',
  'deliveries/s',
  'Comptoir: times as many',
  'p50 / p99 ms',
  'CPU µs a delivery',
  'KB an idle client',
  'upstream subscriptions',
  'resolutions an event',
  'subgraph calls an event',
];
const orNone = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits));

function rowOf(
  { side, clientCount, rounds, idleKilobytes, upstreams, callsPerEvent, resolutionsPerEvent }: Measured,
  ours: Measured,
): string[] {
  const of = (key: keyof Round, of = rounds) => of.map((each) => each[key]);
  const isFederated = side.name !== 'bare';
  return [
    String(clientCount),
    side.name,
    spread(of('perSecond')),
    rounds === ours.rounds ? '–' : spread(ratios(of('perSecond', ours.rounds), of('perSecond')), 2),
    `${median(of('p50Ms')).toFixed(1)} / ${median(of('p99Ms')).toFixed(1)}`,
    spread(of('cpuMicrosPerDelivery'), 1),
    idleKilobytes.toFixed(0),
    isFederated ? String(upstreams) : '–',
    orNone(resolutionsPerEvent, 2),
    isFederated ? callsPerEvent.toFixed(2) : '–',
  ];
}

function tables(shared: readonly Measured[], distinct: readonly Measured[], busy: readonly string[]): Table[] {
  const rows = (all: readonly Measured[]) =>
    all.map((each) =>
      rowOf(each, all.find(({ side, clientCount }) => side.name === 'Comptoir' && clientCount === each.clientCount) ?? each),
    );
  return [
    {
      title: 'Clients of one operation',
      columns,
      rows: rows(shared),
      notes: [
        'Bursts of events at once: latency is that of a queue that fills and empties. The clients run on the same two cores, in one process for each side; each gateway has subgraphs of its own in another process.',
        `Hive Gateway resolves each event for each client, so a burst of it is ${hiveDeliveries.toLocaleString('en')} deliveries at most, or one event; the others get several at once.`,
        'The bare server has no other subgraph to ask; the gateways resolve two of three selections from others.',
        ...busy,
      ],
    },
    {
      title: 'Nothing to share: variables all distinct',
      columns,
      rows: rows(distinct),
      notes: ['Every client is a group of its own, resolved by itself.'],
    },
  ];
}
