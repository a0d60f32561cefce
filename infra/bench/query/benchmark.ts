import { deepStrictEqual } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { composeServices } from '@apollo/composition';
import { type Resources, withResources } from '@comptoir/e2e/resources.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { parse } from 'graphql';
import type { Benchmark, Size, Table } from '../benchmark.ts';
import { median, ratios, spread } from '../figures.ts';
import type { Load, LoadResult } from '../load.ts';
import { otherWork } from '../machine.ts';
import { cpuSeconds, startBenchProcess } from '../processes.ts';
import { bodyOf, type Operation, operations, pageCount } from './operations.ts';
import { type Side, startSides } from './sides.ts';
import { subgraphs } from './subgraphs.ts';

interface Plan {
  readonly clients: readonly number[];
  readonly rounds: number;
  /** Of the process that answers, for each figure of each round. */
  readonly seconds: number;
  /** Requests for each operation before anything is measured. */
  readonly warmUps: number;
}

const plans: Readonly<Record<Size, Plan>> = {
  small: { clients: [50], rounds: 2, seconds: 0.15, warmUps: 200 },
  full: { clients: [1, 50, 300], rounds: 5, seconds: 0.2, warmUps: 400 },
};
const sampleTimeoutMs = 60_000;
/** A machine that is busy with other things gets fewer rounds instead of more time. */
const roundsTimeoutMs = 120_000;
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
      const { clients, rounds, seconds, warmUps } = plans[size];
      const busy = otherWork();
      const folder = ownFolder('bench');
      resources.defer(() => rm(folder, { recursive: true, force: true }));
      const sides = await startSides(resources, { ...(await startSubgraphs(resources)), folder, say });
      const loader = resources.use(await startBenchProcess(new URL('../load.ts', import.meta.url)));
      await expectEqualAnswers(sides);

      async function ask(side: Side, { operation, clients, alike }: Cell, amount: number): Promise<Sample> {
        const { origin: url, pathname: path } = new URL(side.url);
        const body = bodyOf(operation, alike ? 0 : '{n}');
        const load: Load = {
          url,
          requests: [{ method: 'POST', path, headers: side.headers, body, numbers: pageCount }],
          clients,
          amount,
          fault: '"errors"',
        };
        const cpuBefore = cpuSeconds(side.pid);
        const result = await loader.ask<LoadResult>(load, sampleTimeoutMs);
        return { ...result, cpuMicros: ((cpuSeconds(side.pid) - cpuBefore) * 1e6) / result.answered };
      }
      const all = Object.values(operations);
      const cells: Cell[] = [
        ...clients.flatMap((count) => all.map((operation) => ({ operation, clients: count, alike: false }))),
        { operation: operations.entities, clients: 50, alike: true },
      ];
      // Each side is asked for as much as takes it the same time of its own, whatever else the machine has to do, and leaves nothing behind for the next one.
      const amounts = new Map<Side, Map<Operation, number>>();
      for (const side of sides) {
        say(`warming up ${side.name}`);
        const its = new Map<Operation, number>();
        for (const operation of all) {
          const { cpuMicros } = await ask(side, { operation, clients: 50, alike: false }, warmUps);
          its.set(operation, Math.round((seconds * 1e6) / cpuMicros));
        }
        amounts.set(side, its);
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
            const side = sides[index] as Side;
            const amount = amounts.get(side)?.get(cell.operation) ?? 0;
            samples[index]?.push(await ask(side, cell, Math.max(cell.clients, amount)));
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

/** 0, or whose they are, and how they were refused: Hive 3, 1 × 503. */
function errorsOf(sides: readonly Side[], samples: Measured['samples']): string {
  const told = samples.flatMap((each, index) => {
    const errors = each.reduce((sum, sample) => sum + sample.errors, 0);
    const refused = each.flatMap((sample) => Object.entries(sample.refused).map(([status, count]) => `${count} × ${status}`));
    return errors > 0 ? [`${sides[index]?.name} ${errors}`, ...refused] : [];
  });
  return told.join(', ') || '0';
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
