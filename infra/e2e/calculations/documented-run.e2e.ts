import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, facadeKey } from '../graph.ts';
import { type System, startSystem } from '../system.ts';

/** The run that the contract's users know by heart, with its eight right results. */
const run: { n1: number; operation: string; n2: number; results: Record<string, string> }[] = [
  { n1: 10, operation: 'add', n2: 5, results: { ADD: '15' } },
  { n1: 20, operation: 'sub', n2: 3, results: { SUB: '17' } },
  { n1: 7, operation: 'mul', n2: 4, results: { MUL: '28' } },
  { n1: 15, operation: 'div', n2: 3, results: { DIV: '5' } },
  { n1: 100, operation: 'all', n2: 10, results: { ADD: '110', SUB: '90', MUL: '1000', DIV: '10' } },
];

const cli = fileURLToPath(new URL('../../local/comptoir.mjs', import.meta.url));
let system: System;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const resultsOf = async (id: string) => {
  const { data } = await ask(system.url, 'query ($id: ID!) { task(id: $id) { state results { operation text workerId } } }', { id });
  return data.task as { state: string; results: { operation: string; text: string; workerId: string }[] };
};

async function expectResults(id: string, results: Record<string, string>) {
  await expect.poll(async () => (await resultsOf(id)).state, { timeout: 15_000 }).toBe('COMPLETED');
  const task = await resultsOf(id);
  expect(Object.fromEntries(task.results.map(({ operation, text }) => [operation, text]))).toEqual(results);
  for (const { operation, workerId } of task.results) expect(workerId).toMatch(new RegExp(`^worker_${operation.toLowerCase()}_`));
}

test.each(run)('GraphQL: $n1 $operation $n2', async ({ n1, operation, n2, results }) => {
  const { data } = await ask(
    system.url,
    'mutation ($input: SubmitCalculationInput!) { submitCalculation(input: $input) { ... on CalculationSubmitted { task { id operation } } } }',
    { input: { n1, n2, operation: operation.toUpperCase() } },
  );
  expect(data.submitCalculation.task.operation).toBe(operation.toUpperCase());
  await expectResults(data.submitCalculation.task.id, results);
});

test.each(run)('REST: $n1 $operation $n2', async ({ n1, operation, n2, results }) => {
  const response = await fetch(new URL('/api/send_task', system.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-token': facadeKey },
    body: JSON.stringify({ n1, n2, operation }),
  });
  const answer = (await response.json()) as { success: boolean; request_id: string };
  expect(answer).toMatchObject({ success: true });
  await expectResults(answer.request_id, results);
});

test.each(run)('CLI: $n1 $operation $n2', async ({ n1, operation, n2, results }) => {
  const args = [cli, '--url', system.url, 'calc', String(n1), operation, String(n2), '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { operation: string; text: string });
  expect(Object.fromEntries(lines.map(({ operation, text }) => [operation, text]))).toEqual(results);
});

test('REST shows the results of all of them, newest first, with the worker that made each', async () => {
  const response = await fetch(new URL('/api/recent_results', system.url), { headers: { authorization: `Bearer ${facadeKey}` } });
  const results = (await response.json()) as { request_id: string; worker_id: string; timestamp: string }[];
  expect(results).toHaveLength(24);
  // The four results of one task are made at the same time; the tasks one after the other.
  const oneOfEach = results.filter(({ request_id }, index) => results.findIndex((other) => other.request_id === request_id) === index);
  const timestamps = oneOfEach.map(({ timestamp }) => timestamp);
  expect(timestamps).toEqual(timestamps.toSorted().reverse());
  for (const { worker_id } of results) expect(worker_id).toMatch(/^worker_/);
});

test('division by zero is a result: infinite, its sign right, or not a number', async () => {
  for (const [n1, text] of [
    [1, 'Infinity'],
    [-1, '-Infinity'],
    [0, 'NaN'],
  ] as const) {
    const { data } = await ask(
      system.url,
      'mutation ($input: SubmitCalculationInput!) { submitCalculation(input: $input) { ... on CalculationSubmitted { task { id } } } }',
      { input: { n1, n2: 0, operation: 'DIV' } },
    );
    await expectResults(data.submitCalculation.task.id, { DIV: text });
  }
  const response = await fetch(new URL('/api/recent_results/', system.url), { headers: { 'x-api-key': facadeKey } });
  const newest = ((await response.json()) as { result: unknown }[]).slice(0, 3).map(({ result }) => result);
  expect(newest.toSorted()).toEqual(['-Infinity', 'Infinity', 'NaN']);
});
