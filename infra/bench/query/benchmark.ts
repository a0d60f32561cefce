import { deepStrictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type Resources, withResources } from '@comptoir/e2e/resources.ts';
import { parse } from 'graphql';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import { otherWork } from '../machine.ts';
import { cpuSeconds, startBenchProcess, untilIdle } from '../processes.ts';
import type { Load, LoadResult } from '../rest/load.ts';
import { bodyOf, type Operation, operations, pageCount } from './operations.ts';
import { type Side, startSides } from './sides.ts';
import { subgraphs } from './subgraphs.ts';

const plans: Readonly<Record<Size, { clients: readonly number[]; rounds: number; seconds: number; warmUpSeconds: number }>> = {
  small: { clients: [50], rounds: 2, seconds: 0.2, warmUpSeconds: 0.3 },
  full: { clients: [1, 50, 300], rounds: 5, seconds: 0.25, warmUpSeconds: 0.8 },
};
const sampleTimeoutMs = 60_000;
/** A machine that is busy with other things gets fewer rounds instead of more time. */
const roundsTimeoutMs = 130_000;
/** Of the pages that all sides have to answer alike before they are measured. */
const comparedPages = [0, 7, 123, pageCount];

/** What is measured of every side: an operation, how many ask for it at once, and whether they ask for the same. */
interface Cell {
  readonly operation: Operation;
  readonly clients: number;
  readonly alike: boolean;
}

/** One side in one round. */
interface Sample extends LoadResult {
  /** Of the process that answers, for one request. */
  readonly cpuMicros: number;
}

export const benchmark: Benchmark = {
  measures:
    'Federated queries through our gateway with all that is at its edge (keys, limits, metrics, log), against the stock @apollo/gateway behind Apollo Server, Hive Gateway plain and with its Rust planner, and fetches written by hand without a schema.',

  run: ({ size, say }) =>
    withResources(async (resources) => {
      const { clients, rounds, seconds, warmUpSeconds } = plans[size];
      const busy = otherWork();
      const folder = await mkdtemp(join(tmpdir(), 'comptoir-bench-'));
      resources.defer(() => rm(folder, { recursive: true, force: true }));
      const sides = await startSides(resources, { ...(await startSubgraphs(resources)), folder, say });
      const loader = resources.use(await startBenchProcess(new URL('../rest/load.ts', import.meta.url)));
      await expectEqualAnswers(sides);

      function ask(
        { url, headers }: Side,
        { operation, clients, alike }: Cell,
        length: Pick<Load, 'seconds' | 'amount'>,
      ): Promise<LoadResult> {
        const body = bodyOf(operation, alike ? 0 : '{n}');
        const { origin, pathname: path } = new URL(url);
        const load: Load = { url: origin, method: 'POST', path, headers, body, numbers: pageCount, clients, ...length, fault: '"errors"' };
        return loader.ask<LoadResult>(load, sampleTimeoutMs);
      }
      const all = Object.values(operations);
      const cells: Cell[] = [
        ...clients.flatMap((count) => all.map((operation) => ({ operation, clients: count, alike: false }))),
        { operation: operations.entities, clients: 50, alike: true },
      ];
      // Each side is asked for as much as it answers in the time that there is, so that it leaves nothing behind for the next one.
      const rates = new Map<Side, Map<Operation, number>>();
      for (const side of sides) {
        say(`warming up ${side.name}`);
        const its = new Map<Operation, number>();
        for (const operation of all)
          its.set(operation, (await ask(side, { operation, clients: 50, alike: false }, { seconds: warmUpSeconds })).perSecond);
        rates.set(side, its);
        await untilIdle(side.pid);
      }
      async function sample(side: Side, cell: Cell): Promise<Sample> {
        const amount = Math.max(cell.clients, Math.round((rates.get(side)?.get(cell.operation) ?? 0) * seconds));
        const cpuBefore = cpuSeconds(side.pid);
        const result = await ask(side, cell, { seconds, amount });
        return { ...result, cpuMicros: ((cpuSeconds(side.pid) - cpuBefore) * 1e6) / result.answered };
      }

      const measured = cells.map((cell) => ({ cell, samples: sides.map(() => [] as Sample[]) }));
      const beganAt = performance.now();
      let round = 0;
      for (; round < rounds && performance.now() - beganAt < roundsTimeoutMs; round++) {
        say(`round ${round + 1} of ${rounds}`);
        for (const { cell, samples } of measured) {
          // Another one begins each time: what follows on another side may find the machine warmer.
          for (let turn = 0; turn < sides.length; turn++) {
            const index = (turn + round) % sides.length;
            samples[index]?.push(await sample(sides[index] as Side, cell));
          }
        }
      }
      const notes = round < rounds ? [...busy, `There was time for ${round} of ${rounds} rounds only.`] : busy;
      return tables(sides, measured, notes);
    }),
};

async function startSubgraphs(resources: Resources): Promise<{ supergraphSdl: string; urls: Record<string, string> }> {
  const services = await Promise.all(
    Object.entries(subgraphs).map(async ([name, { sdl }]) => {
      const process = resources.use(await startBenchProcess(new URL('./subgraph.ts', import.meta.url), { args: [name] }));
      return { name, url: String(process.ready.url), typeDefs: parse(sdl) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(String(errors));
  return { supergraphSdl, urls: Object.fromEntries(services.map(({ name, url }) => [name, url])) };
}

/** @throws AssertionError where a side does not answer as the first one does */
async function expectEqualAnswers(sides: readonly Side[]): Promise<void> {
  for (const operation of Object.values(operations))
    for (const page of comparedPages) {
      const answers = await Promise.all(
        sides.map(async ({ url, headers }) => {
          const response = await fetch(url, { method: 'POST', headers, body: bodyOf(operation, page) });
          return (await response.json()) as { data?: { products?: unknown[] } };
        }),
      );
      for (const [index, { name }] of sides.entries()) {
        deepStrictEqual(answers[index], answers[0], `${name} answers ${operation.name} otherwise than ${sides[0]?.name}`);
      }
      if (!answers[0]?.data?.products?.length) throw new Error(`${operation.name} is not answered: ${JSON.stringify(answers[0])}`);
    }
}

interface Measured {
  readonly cell: Cell;
  /** By side. */
  readonly samples: readonly (readonly Sample[])[];
}

/** 0, or whose they are: Hive 3. */
function errorsOf(sides: readonly Side[], samples: Measured['samples']): string {
  const sums = samples.map((each) => each.reduce((sum, { errors }) => sum + errors, 0));
  return sums.flatMap((errors, index) => (errors > 0 ? [`${sides[index]?.name} ${errors}`] : [])).join(', ') || '0';
}

function tables(sides: readonly Side[], measured: readonly Measured[], more: readonly string[]): Table[] {
  const names = sides.map(({ name }) => name);
  const [ours = '', ...others] = names;
  const table = (title: string, columns: readonly string[], cells: (samples: Measured['samples']) => string[], notes: string[]): Table => ({
    title,
    columns: ['', 'clients', ...columns],
    rows: measured.map(({ cell, samples }) => [
      `${cell.operation.name}${cell.alike ? ', all ask for the same' : ''}`,
      String(cell.clients),
      ...cells(samples),
    ]),
    notes,
  });
  const perSecond = (samples: readonly Sample[]) => samples.map((each) => each.perSecond);
  const cpu = (samples: readonly Sample[]) => samples.map((each) => each.cpuMicros);
  const times = (of: (samples: readonly Sample[]) => number[], [first = [], ...rest]: Measured['samples']) =>
    rest.map((samples) => spread(ratios(of(first), of(samples)), 2));
  return [
    table(
      'Requests a second',
      [...names, 'errors'],
      (samples) => [...samples.map((each) => spread(perSecond(each))), errorsOf(sides, samples)],
      [
        'Twenty products a request. Variables differ from request to request, of 380 pages, so that no two are the same at once; in the last row all ask for the same page, and who shares what is asked for at once may.',
        'The subgraphs are four processes, the same for all sides: bare HTTP servers that answer what they were asked before from memory, so that the gateways are what is measured. They share two cores with the gateway and the load generator, which limit the fast sides more than the slow ones: what a gateway itself needs is told by its CPU.',
        'Comptoir runs with all that is at its edge. The peers know no keys, count nobody and write no log; Apollo’s telemetry is off.',
        'Floor: a bare HTTP server with undici for these three operations, which asks the same subgraphs and puts their answers together by hand.',
        ...more,
      ],
    ),
    table(`Requests a second of ${ours}, times those of`, others, (samples) => times(perSecond, samples), [
      'To reach, at 50 clients over three subgraphs: 6 × stock, 4 × Hive + Rust.',
    ]),
    table('CPU µs a request, of the process that answers', names, (samples) => samples.map((each) => spread(cpu(each))), []),
    table(`CPU of ${ours}, times that of`, others, (samples) => times(cpu, samples), [
      'To reach, at 50 clients over three subgraphs: at most 1.5 × the floor.',
    ]),
    table(
      'Milliseconds, p50 / p95',
      names,
      (samples) =>
        samples.map((each) =>
          [each.map(({ p50Ms }) => p50Ms), each.map(({ p95Ms }) => p95Ms)].map((ms) => median(ms).toFixed(1)).join(' / '),
        ),
      ['Clients send the next request as soon as one is answered, so latency is clients divided by throughput.'],
    ),
  ];
}
