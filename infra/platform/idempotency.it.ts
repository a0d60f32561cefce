import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { once, onceEach } from './idempotency.ts';
import { createTestDatabase } from './testing/database.ts';
import { othersWait } from './testing/others-wait.ts';

const request = { principal: 'alice', operation: 'submit', key: 'k1', input: { n1: 1, tasks: [1, 2] } };
const ask = <T>(database: Database, changes: Partial<typeof request>, work: () => Promise<T>) =>
  database.transaction((em) => once(em, { ...request, ...changes }, work));

test('100 concurrent requests with one key run once and get one answer', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 20 });
  let runs = 0;
  const requests = Array.from({ length: 100 }, () =>
    database.transaction((em) =>
      once(em, request, async () => {
        const run = ++runs;
        await othersWait(em, 19); // as many as have a connection
        return { task: `t${run}` };
      }),
    ),
  );
  const answers = await Promise.all(requests);
  expect(runs).toBe(1);
  expect(new Set(answers.map(({ task }) => task))).toEqual(new Set(['t1']));
});

test('the same key with another input is a conflict; the order of fields makes no other input', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await ask(database, {}, async () => 'first');
  expect(await ask(database, { input: { tasks: [1, 2], n1: 1 } }, async () => 'second')).toBe('first');
  await expect(ask(database, { input: { n1: 1, tasks: [2, 1] } }, async () => 'third')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  });
});

test('keys belong to their principal and operation, and without a key everything runs', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  expect(await ask(database, {}, async () => 1)).toBe(1);
  expect(await ask(database, { principal: 'bob' }, async () => 2)).toBe(2);
  expect(await ask(database, { operation: 'cancel' }, async () => 3)).toBe(3);
  for (const n of [4, 5]) expect(await database.transaction((em) => once(em, { ...request, key: null }, async () => n))).toBe(n);
});

test('work that fails frees its key', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const failing = ask(database, {}, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await ask(database, {}, async () => 'done')).toBe('done');
});

test('several requests at once are each answered for themselves', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await ask(database, {}, async () => 'before');
  const requests = [
    request,
    { ...request, input: 'other' },
    { ...request, key: 'k2' },
    { ...request, key: 'k2' },
    { ...request, key: 'k2', input: 'other' },
    { ...request, key: null },
  ];
  const worked: number[] = [];
  const answers = await database.transaction((em) =>
    onceEach(em, requests, async (indexes) => {
      worked.push(...indexes);
      return indexes.map((index) => `answer ${index}`);
    }),
  );
  expect(worked).toEqual([2, 5]);
  const conflict = { code: 'IDEMPOTENCY_CONFLICT' };
  expect(answers).toMatchObject(['before', conflict, 'answer 2', 'answer 2', conflict, 'answer 5']);
  expect(await ask(database, { key: 'k2' }, async () => 'again')).toBe('answer 2');
});

test('overlapping sets of requests wait for each other and do not deadlock', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 10 });
  const keys = Array.from({ length: 40 }, (_, n) => `k${n}`);
  const sets = Array.from({ length: 8 }, (_, n) => (n % 2 ? keys : keys.toReversed()).slice(n));
  const all = await Promise.all(
    sets.map((set, n) =>
      database.transaction((em) =>
        onceEach(
          em,
          set.map((key) => ({ ...request, key })),
          async (indexes) => indexes.map(() => n),
        ),
      ),
    ),
  );
  const answers = new Map<string, Set<unknown>>();
  for (const [n, set] of sets.entries())
    for (const [index, key] of set.entries()) answers.set(key, (answers.get(key) ?? new Set()).add(all[n]?.[index]));
  for (const [key, given] of answers) expect(given.size, key).toBe(1);
  const [row] = await database.query<{ deadlocks: string }>('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()');
  expect(row?.deadlocks).toBe('0');
});
