import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, facadeKey } from '../graph.ts';
import { type System, startSystem } from '../system.ts';

const cli = fileURLToPath(new URL('../../local/comptoir.mjs', import.meta.url));
let system: System;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const stored = async () => {
  const { data } = await ask(system.url, '{ stats { sentTasks } tasks(first: 1) { totalCount } deadLetters(first: 1) { totalCount } }');
  return data as { stats: { sentTasks: number }; tasks: { totalCount: number } };
};

const submit = 'mutation ($input: SubmitCalculationInput!) { submitCalculation(input: $input) { __typename } }';

test.each([
  ['a number as text', { n1: '42', n2: 7, operation: 'ADD' }, ['n1']],
  ['an unknown operation', { n1: 1, n2: 2, operation: 'POW' }, ['operation']],
  ['an unknown field', { n1: 1, n2: 2, operation: 'ADD', colour: 'blue' }, ['colour']],
  ['a missing field', { n1: 1, operation: 'ADD' }, ['n2']],
  ['several faults at once', { n1: 'NaN', n2: null, operation: 'POW' }, ['n1', 'n2', 'operation']],
])('GraphQL refuses %s, names it and stores nothing', async (_title, input, fields) => {
  const { data, errors } = await ask(system.url, submit, { input });
  expect(data).toBeNull();
  const text = JSON.stringify(errors);
  for (const field of fields) expect(text).toContain(field);
  expect(errors.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT')).toBe(true);
  expect((await stored()).tasks.totalCount).toBe(0);
});

test('GraphQL refuses a number too large for a double', async () => {
  const { errors } = await ask(system.url, 'mutation { submitCalculation(input: { n1: 1e999, n2: 1, operation: ADD }) { __typename } }');
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(JSON.stringify(errors)).toContain('n1');
});

test('GraphQL names every faulty task of a batch and stores none of it', async () => {
  const tasks = [
    { n1: 1, n2: 1, operation: 'ADD' },
    { n1: 'x', n2: 1, operation: 'ADD' },
    { n1: 1, n2: 1, operation: 'LOG' },
  ];
  const { errors } = await ask(system.url, 'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { __typename } }', {
    input: { tasks },
  });
  const text = JSON.stringify(errors);
  expect(text).toContain('tasks[1].n1');
  expect(text).toContain('tasks[2].operation');
  expect((await stored()).tasks.totalCount).toBe(0);
});

test('a batch of no task, or of more than 10,000, is refused', async () => {
  const batch = 'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { __typename } }';
  for (const length of [0, 10_001]) {
    const tasks = Array.from({ length }, () => ({ n1: 1, n2: 1, operation: 'ADD' }));
    const { errors } = await ask(system.url, batch, { input: { tasks } });
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(JSON.stringify(errors)).toContain('10000');
  }
});

test('a body that is too large is refused as such', async () => {
  const response = await fetch(new URL('/graphql', system.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': facadeKey },
    body: JSON.stringify({ query: '{ stats { sentTasks } }', padding: 'x'.repeat(2_000_000) }),
  });
  expect(response.status).toBe(413);
});

test.each([
  ['{"n1": "42", "n2": 7, "operation": "add"}', ['n1']],
  ['{"n1": 1, "n2": 2, "operation": "pow"}', ['Opération non supportée']],
  ['{"n1": 1e999, "operation": "add"}', ['n1', 'n2']],
  ['{"n1": NaN, "n2": 2, "operation": "add"}', ['JSON']],
  ['{"n1": 1, "n2": 2, "operation": "add", "colour": "blue"}', ['colour']],
  ['{}', ['n1', 'n2', 'operation']],
  ['', ['requis']],
])('REST refuses %s with every fault named', async (body, words) => {
  const response = await fetch(new URL('/api/send_task', system.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': facadeKey },
    body,
  });
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { success: boolean; error: string };
  expect(answer.success).toBe(false);
  for (const word of words) expect(JSON.stringify(answer)).toContain(word);
  expect((await stored()).stats.sentTasks).toBe(0);
});

test('the command line names every fault, sends nothing and ends with code 2', async () => {
  const failed = promisify(execFile)(process.execPath, [cli, '--url', system.url, 'calc', 'x', 'pow', 'NaN']);
  await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/n1[\s\S]*operation[\s\S]*n2/) });
  expect((await stored()).stats.sentTasks).toBe(0);
});
