import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withResources } from '@comptoir/e2e/resources.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import { type BenchProcess, cpuSeconds, residentBytes, startBenchProcess } from '../processes.ts';

const plans: Readonly<Record<Size, { clients: readonly number[]; rounds: number; events: number; distinct: number }>> = {
  small: { clients: [100], rounds: 2, events: 10, distinct: 50 },
  full: { clients: [100, 1_000, 5_000], rounds: 5, events: 20, distinct: 1_000 },
};
const roundTimeoutMs = 60_000;

const federated = 'subscription ($shard: Int) { tick(shard: $shard) { n at buyer { name city } product { name price } } }';

interface Side {
  readonly name: string;
  /** The process that delivers. */
  readonly pid: number;
  readonly clients: BenchProcess;
  /** The process that emits. */
  readonly source: BenchProcess;
}

interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerDelivery: number;
}

/** Emits a burst of events and waits until every client has all of them. */
async function round({ pid, clients, source }: Side, clientCount: number, events: number): Promise<Round> {
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
    throw new Error(`${received} of ${events * clientCount} deliveries, ${errors} errors`);
  const cpuMicros = (cpuSeconds(pid) - cpuBefore) * 1e6;
  return { perSecond: received / ((endedAt - startedAt) / 1000), p50Ms, p99Ms, cpuMicrosPerDelivery: cpuMicros / received };
}

async function startGateway(
  supergraphSdl: string,
  folder: string,
): Promise<{ process: BenchProcess; url: string; metrics: () => Promise<string> }> {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphSdl);
  const port = await freePort();
  const process = await startBenchProcess(new URL('../../../gateway/main.ts', import.meta.url), {
    env: { SUPERGRAPH: file, PORT: String(port), AUTH: 'off', LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  });
  const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return { process, url: `ws://127.0.0.1:${port}/graphql`, metrics };
}

/** Sum over the labels of a metric. */
function metric(text: string, name: string): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const openClients = (target: string) =>
  startBenchProcess(new URL('./clients.ts', import.meta.url), { env: { TARGET: target, QUERY: federated } });

export const benchmark: Benchmark = {
  measures:
    'One event to many WebSocket clients of one operation with fields of three subgraphs, against a bare graphql-ws server that answers the same fields itself.',

  async run({ size, say }) {
    const folder = await mkdtemp(join(tmpdir(), 'comptoir-bench-'));
    try {
      const plan = plans[size];
      const shared: string[][] = [];
      const perEvent: string[][] = [];
      for (const count of plan.clients) {
        say(`${count} clients`);
        const { row, upstream } = await compare(count, plan.rounds, plan.events, folder);
        shared.push(row);
        perEvent.push(upstream);
      }
      say(`${plan.distinct} clients, every one with variables of its own`);
      const { row } = await compare(plan.distinct, plan.rounds, Math.ceil(plan.events / 10), folder, true);
      return tables(shared, perEvent, row);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const compare = (
  count: number,
  rounds: number,
  events: number,
  folder: string,
  distinct = false,
): Promise<{ row: string[]; upstream: string[] }> =>
  withResources(async ({ use }) => {
    const subgraphs = use(await startBenchProcess(new URL('./subgraphs.ts', import.meta.url)));
    const gateway = await startGateway(subgraphs.ready.supergraphSdl as string, folder);
    use(gateway.process);
    const bare = use(await startBenchProcess(new URL('./bare-server.ts', import.meta.url)));
    const ourClients = use(await openClients(gateway.url));
    const bareClients = use(await openClients(bare.ready.url as string));

    const idleBytes = async (pid: number, clients: BenchProcess) => {
      const before = residentBytes(pid);
      await clients.ask({ open: count, distinct }, roundTimeoutMs);
      return (residentBytes(pid) - before) / count / 1024;
    };
    const ourKilobytes = await idleBytes(gateway.process.pid, ourClients);
    const bareKilobytes = await idleBytes(bare.pid, bareClients);

    const ours: Side = { name: 'Comptoir', pid: gateway.process.pid, clients: ourClients, source: subgraphs };
    const theirs: Side = { name: 'bare', pid: bare.pid, clients: bareClients, source: bare };
    await Promise.all([round(ours, count, 2), round(theirs, count, 2)]);
    const callsBefore = (await subgraphs.ask<{ calls: Record<string, number> }>({}, roundTimeoutMs)).calls;
    const resolutionsBefore = metric(await gateway.metrics(), 'subscription_resolutions_total');

    const measured = { ours: [] as Round[], theirs: [] as Round[] };
    for (let i = 0; i < rounds; i++) {
      measured.ours.push(await round(ours, count, events));
      measured.theirs.push(await round(theirs, count, events));
    }

    const { calls, subscribers } = await subgraphs.ask<{ calls: Record<string, number>; subscribers: number }>({}, roundTimeoutMs);
    const emitted = rounds * events;
    const of = (side: Round[], key: keyof Round) => side.map((value) => value[key]);
    const perSecond = { ours: of(measured.ours, 'perSecond'), theirs: of(measured.theirs, 'perSecond') };
    return {
      row: [
        String(count),
        spread(perSecond.ours),
        spread(perSecond.theirs),
        spread(ratios(perSecond.ours, perSecond.theirs), 2),
        `${median(of(measured.ours, 'p50Ms')).toFixed(1)} / ${median(of(measured.ours, 'p99Ms')).toFixed(1)}`,
        `${median(of(measured.theirs, 'p50Ms')).toFixed(1)} / ${median(of(measured.theirs, 'p99Ms')).toFixed(1)}`,
        `${median(of(measured.ours, 'cpuMicrosPerDelivery')).toFixed(1)} / ${median(of(measured.theirs, 'cpuMicrosPerDelivery')).toFixed(1)}`,
        `${ourKilobytes.toFixed(0)} / ${bareKilobytes.toFixed(0)}`,
      ],
      upstream: [
        String(count),
        String(subscribers),
        ((metric(await gateway.metrics(), 'subscription_resolutions_total') - resolutionsBefore) / emitted).toFixed(2),
        (((calls.users ?? 0) - (callsBefore.users ?? 0)) / emitted).toFixed(2),
        (((calls.products ?? 0) - (callsBefore.products ?? 0)) / emitted).toFixed(2),
      ],
    };
  });

function tables(shared: string[][], perEvent: string[][], distinct: string[]): Table[] {
  const columns = [
    'clients',
    'deliveries/s, Comptoir',
    'deliveries/s, bare',
    'ratio',
    'p50 / p99 ms, Comptoir',
    'p50 / p99 ms, bare',
    'CPU µs a delivery, Comptoir / bare',
    'KB an idle client, Comptoir / bare',
  ];
  return [
    {
      title: 'Clients of one operation',
      columns,
      rows: shared,
      notes: [
        'Bursts of events at once: latency is that of a queue that fills and empties. The clients run on the same two cores, in one process for each side.',
        'The bare server has no other subgraph to ask; Comptoir resolves two of three selections from others.',
      ],
    },
    {
      title: 'What an event costs behind the gateway',
      columns: ['clients', 'upstream subscriptions', 'resolutions an event', 'users calls an event', 'products calls an event'],
      rows: perEvent,
      notes: [],
    },
    {
      title: 'Nothing to share: variables all distinct',
      columns,
      rows: [distinct],
      notes: ['Every client is a group of its own, resolved by itself.'],
    },
  ];
}
