import { withResources } from '@comptoir/e2e/resources.ts';
import { createBrokerManagement } from '@comptoir/platform/broker/management.ts';
import { Client } from 'pg';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, percentile, ratios, spread } from '../figures.ts';
import { otherWork } from '../machine.ts';
import { cpuSeconds, familyCpuSeconds, parentOf, residentBytes } from '../processes.ts';
import { startServers } from '../servers.ts';
import { type Side, startBareLoop, startComptoir, startDbos } from './sides.ts';

interface Level {
  readonly atOnce: number;
  readonly orders: number;
}

const plans: Readonly<Record<Size, { rounds: number; levels: readonly Level[] }>> = {
  small: {
    rounds: 2,
    levels: [
      { atOnce: 1, orders: 10 },
      { atOnce: 16, orders: 80 },
    ],
  },
  full: {
    rounds: 5,
    levels: [
      { atOnce: 1, orders: 15 },
      { atOnce: 16, orders: 100 },
      { atOnce: 64, orders: 200 },
    ],
  },
};
const warmUp = 40;

/** Something whose CPU is counted. */
interface Meter {
  readonly name: string;
  read(): number;
}

interface Figures {
  readonly perSecond: number[];
  /** Of every order of every round. */
  readonly latenciesMs: number[];
  /** By part, CPU milliseconds for one order. */
  readonly cpuMs: Map<string, number[]>;
}

/** Orders by any number of clients, each of which waits for one order's end before it sends the next. */
async function run(side: Side, { atOnce, orders }: Level, next: () => number): Promise<void> {
  let left = orders;
  const client = async () => {
    while (left-- > 0) await side.process(next());
  };
  await Promise.all(Array.from({ length: atOnce }, client));
}

async function measure(side: Side, meters: readonly Meter[], level: Level, next: () => number, figures: Figures): Promise<void> {
  await side.latenciesMs();
  const cpuBefore = meters.map((meter) => meter.read());
  const startedAt = performance.now();
  await run(side, level, next);
  figures.perSecond.push(level.orders / ((performance.now() - startedAt) / 1000));
  for (const [index, { name, read }] of meters.entries()) {
    const spent = ((read() - (cpuBefore[index] ?? 0)) * 1000) / level.orders;
    figures.cpuMs.set(name, [...(figures.cpuMs.get(name) ?? []), spent]);
  }
  const latencies = await side.latenciesMs();
  if (latencies.length !== level.orders) throw new Error(`${side.name}: ${latencies.length} of ${level.orders} orders were completed`);
  figures.latenciesMs.push(...latencies);
}

/** All of PostgreSQL and RabbitMQ, where they run on this machine; what others ask of the same servers counts too. */
async function serverMeters(admin: Client, managementUrl: string): Promise<Meter[]> {
  const { rows } = await admin.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = parentOf(rows[0]?.pid ?? 0);
  // A broker that does not tell its process is not metered, and the table has no column of it.
  const broker = await createBrokerManagement(managementUrl)
    .osPid()
    .catch(() => null);
  return [
    ...(postmaster === null ? [] : [{ name: 'PostgreSQL', read: () => familyCpuSeconds(postmaster) }]),
    ...(broker === null ? [] : [{ name: 'RabbitMQ', read: () => cpuSeconds(broker) }]),
  ];
}

const newFigures = (): Figures => ({ perSecond: [], latenciesMs: [], cpuMs: new Map() });

export const benchmark: Benchmark = {
  measures:
    'Orders through the five steps of order processing (sagas, inventory, orders, payment provider; commands and replies over RabbitMQ, a database each), against the same steps as a DBOS Transact workflow, and against the bare sum of transactions and round trips.',

  run: ({ size, say }) =>
    withResources(async (resources) => {
      const { rounds, levels } = plans[size];
      const beside = otherWork();
      resources.use(await startServers(say, { durable: true }));
      const { TEST_DATABASE_URL: databaseUrl, TEST_AMQP_MANAGEMENT_URL: managementUrl = '' } = process.env;
      const admin = new Client({ connectionString: databaseUrl });
      await admin.connect();
      resources.defer(() => admin.end());
      const sides = [await startComptoir(resources), await startDbos(resources, say), await startBareLoop(resources)];
      let order = 0;
      const next = () => order++;
      for (const side of sides) await run(side, { atOnce: 8, orders: warmUp }, next);

      const servers = await serverMeters(admin, managementUrl);
      const meters = new Map(
        sides.map((side) => [side, [...side.parts.map(({ name, pid }) => ({ name, read: () => cpuSeconds(pid) })), ...servers]]),
      );
      const figures = new Map(levels.map((level) => [level, new Map(sides.map((side) => [side, newFigures()]))]));
      for (let round = 1; round <= rounds; round++) {
        for (const level of levels) {
          for (const side of sides) {
            const its = figures.get(level)?.get(side) as Figures;
            await measure(side, meters.get(side) ?? [], level, next, its);
          }
          const told = sides.map((side) => `${side.name} ${figures.get(level)?.get(side)?.perSecond.at(-1)?.toFixed(1)}`);
          say(`round ${round}, ${level.atOnce} at once: orders a second: ${told.join(', ')}`);
        }
      }
      const { rows } = await admin.query<{ fsync: string }>('SHOW fsync');
      return [speed(sides, figures, rows[0]?.fsync === 'on', beside), latency(sides, figures), cost(sides, figures)];
    }),
};

type AllFigures = ReadonlyMap<Level, ReadonlyMap<Side, Figures>>;

function speed(sides: readonly Side[], all: AllFigures, isDurable: boolean, beside: readonly string[]): Table {
  const [ours, ...others] = sides as [Side, ...Side[]];
  return {
    title: 'Orders a second',
    columns: ['orders at once', ...sides.map(({ name }) => name), ...others.map(({ name }) => `Comptoir / ${name}`)],
    rows: [...all].map(([{ atOnce }, figures]) => {
      const of = (side: Side) => figures.get(side)?.perSecond ?? [];
      return [String(atOnce), ...sides.map((side) => spread(of(side), 1)), ...others.map((side) => spread(ratios(of(ours), of(side)), 2))];
    }),
    notes: [
      ...beside,
      `Each client waits for the end of its order before it sends the next. All sides take turns on the same PostgreSQL (${isDurable ? 'it waits for the disk' : 'fsync off'}) and the same RabbitMQ, with the same payment provider; two lines an order, spread over 300 products.`,
      'Comptoir: an order comes in by GraphQL over HTTP through the gateway; five commands and five replies cross RabbitMQ between three databases, each with outbox, relay and inbox; 11 events besides, which others may follow; every transition is kept in a history. Gateway and all subgraphs are one process.',
      'DBOS: an order comes in by a bare HTTP server; one process without a broker runs all steps in one database, each a durable step with one transaction, the payment two and a call. It tells nobody anything. Its steps are repeated after a crash between commit and checkpoint; its transactional data sources, which are not published for this version, would cost two statements more a step.',
      'Bare loop: the floor. By hand with pg and amqplib, without outbox, inbox, timers or anything that undoes: per order the same 13 transactions on three databases, two commits of the provider, 21 confirmed publications to queues of the same kind and 11 acknowledged deliveries.',
    ],
  };
}

function latency(sides: readonly Side[], all: AllFigures): Table {
  const cells = ({ latenciesMs }: Figures) => [0.5, 0.95, 0.99].map((share) => percentile(latenciesMs, share).toFixed(1)).join(' / ');
  return {
    title: 'Milliseconds from accepted to completed, p50 / p95 / p99',
    columns: ['orders at once', ...sides.map(({ name }) => name)],
    rows: [...all].map(([{ atOnce }, figures]) => [String(atOnce), ...sides.map((side) => cells(figures.get(side) as Figures))]),
    notes: [
      'Comptoir by the clock of its database, from the acceptance of the saga to its state COMPLETED; the others within their process, from the commit of the acceptance to the confirmed order.',
      'With 16 and more at once latency is that of a queue: orders at once divided by orders a second.',
    ],
  };
}

function cost(sides: readonly Side[], all: AllFigures): Table {
  const [, busiest] = [...all].at(-1) as [Level, ReadonlyMap<Side, Figures>];
  const names = [...new Set([...busiest.values()].flatMap(({ cpuMs }) => [...cpuMs.keys()]))];
  const spent = sides.map((side) => names.map((name) => median(busiest.get(side)?.cpuMs.get(name) ?? [])));
  const sums = spent.map((cpu) => cpu.reduce((sum, ms) => sum + ms, 0));
  const [ours = 0, ...others] = sums;
  const times = sides.slice(1).map(({ name }, n) => `${(ours / (others[n] ?? ours)).toFixed(1)} times that of ${name}`);
  const ofDatabase = (spent[0]?.[names.indexOf('PostgreSQL')] ?? 0) / ours;
  return {
    title: `CPU milliseconds of an order, ${[...all.keys()].at(-1)?.atOnce} at once`,
    columns: ['', ...names, 'sum', 'MB resident: service / provider'],
    rows: sides.map((side, n) => {
      const resident = side.parts.map(({ pid }) => Math.round(residentBytes(pid) / 2 ** 20)).join(' / ');
      return [side.name, ...(spent[n] ?? []).map((ms) => ms.toFixed(1)), (sums[n] ?? 0).toFixed(1), resident];
    }),
    notes: [
      `CPU is what limits all sides with many orders at once. An order of Comptoir takes ${times.join(' and ')}; ${Math.round(ofDatabase * 100)} % of it is PostgreSQL’s, which keeps outbox, inbox, timers and history beside the order.`,
      'PostgreSQL and RabbitMQ whole, from outside; the load generator is not counted.',
      'Comptoir’s service holds the gateway and six subgraphs, of which three take part.',
    ],
  };
}
