import { expect, test } from 'vitest';
import { claimMessages, handleEachOnce, handleOnce } from './inbox.ts';
import { createTestDatabase } from './testing/database.ts';
import { othersWait } from './testing/others-wait.ts';

test('of 20 concurrent deliveries of a message one does the work, and all get its outcome', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 20 });
  let runs = 0;
  const deliveries = Array.from({ length: 20 }, () =>
    handleOnce(database, 'orders', 'm1', async (em) => {
      runs++;
      await othersWait(em, 19);
      return { reserved: 3 };
    }),
  );
  const outcomes = await Promise.all(deliveries);
  expect(runs).toBe(1);
  expect(outcomes.filter(({ first }) => first)).toHaveLength(1);
  for (const { outcome } of outcomes) expect(outcome).toEqual({ reserved: 3 });
});

test('work that fails leaves no trace, and the next delivery does it', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const failing = handleOnce(database, 'orders', 'm1', async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await handleOnce(database, 'orders', 'm1', async () => 'done')).toEqual({ first: true, outcome: 'done' });
  expect(await handleOnce(database, 'orders', 'm1', async () => 'again')).toEqual({ first: false, outcome: 'done' });
});

test('each consumer handles the same message for itself', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  expect(await handleOnce(database, 'orders', 'm1', async () => undefined)).toMatchObject({ first: true });
  expect(await handleOnce(database, 'stock', 'm1', async () => undefined)).toMatchObject({ first: true });
});

test('overlapping batches share their messages out and do not deadlock', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 10 });
  const ids = Array.from({ length: 100 }, (_, n) => `m${n}`);
  const batches = Array.from({ length: 10 }, (_, n) => (n % 2 ? ids : ids.toReversed()).slice(n));
  const claims = await Promise.all(batches.map((batch) => database.transaction((em) => claimMessages(em, 'orders', batch))));
  const all = claims.flatMap((claim) => [...claim]);
  expect(all).toHaveLength(100);
  expect(new Set(all)).toEqual(new Set(ids));
});

test('several messages are handled together, each once, and all have their outcomes', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await handleOnce(database, 'orders', 'b', async () => 'before');
  const work: number[][] = [];
  const handled = await handleEachOnce(database, 'orders', ['a', 'b', 'a', 'c'], async (_, indexes) => {
    work.push([...indexes]);
    return indexes.map((index) => `outcome ${index}`);
  });
  expect(work).toEqual([[0, 3]]);
  expect(handled).toEqual([
    { first: true, outcome: 'outcome 0' },
    { first: false, outcome: 'before' },
    { first: false, outcome: 'outcome 0' },
    { first: true, outcome: 'outcome 3' },
  ]);
  expect(await handleOnce(database, 'orders', 'c', async () => 'again')).toEqual({ first: false, outcome: 'outcome 3' });
});

test('where the work of several fails none of them was handled', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const failing = handleEachOnce(database, 'orders', ['a', 'b'], async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  for (const id of ['a', 'b']) expect(await handleOnce(database, 'orders', id, async () => id)).toEqual({ first: true, outcome: id });
});
