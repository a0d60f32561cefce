import { expect, test } from 'vitest';
import { createGathering } from './gathering.ts';
import { operationSignal, runWhileAwaited } from './operation-signal.ts';

/** Notes the batches, and answers each item with what `answer` makes of it once the batch may end. */
function gather(answer: (item: string) => string | Error, { maxBatch = 10 } = {}) {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const gathering = createGathering<string, string>({
    maxBatch,
    async carryOut(items) {
      batches.push([...items]);
      await new Promise<void>((resolve) => ends.push(resolve));
      return items.map(answer);
    },
  });
  const next = () => expect.poll(() => ends.length).toBeGreaterThan(0);
  return {
    gathering,
    batches,
    async endBatch() {
      await next();
      ends.shift()?.();
    },
  };
}

test('what comes at once is carried out together, what comes meanwhile together after it', async () => {
  const { gathering, batches, endBatch } = gather((item) => item.toUpperCase(), { maxBatch: 3 });
  const first = Promise.all(['a', 'b'].map(gathering.carryOut));
  await expect.poll(() => batches).toEqual([['a', 'b']]);
  const later = Promise.all(['c', 'd', 'e', 'f'].map(gathering.carryOut));
  for (const _ of [1, 2, 3]) await endBatch();
  expect([await first, await later]).toEqual([
    ['A', 'B'],
    ['C', 'D', 'E', 'F'],
  ]);
  expect(batches).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f']]);
});

test('an error among the answers is that of its own call', async () => {
  const { gathering, endBatch } = gather((item) => (item === 'bad' ? new Error('no') : item));
  const calls = Promise.allSettled(['a', 'bad', 'b'].map(gathering.carryOut));
  await endBatch();
  expect(await calls).toMatchObject([{ value: 'a' }, { reason: { message: 'no' } }, { value: 'b' }]);
});

test('where a batch fails each call is carried out by itself, so that a bad one takes no other with it', async () => {
  const batches: string[][] = [];
  const { carryOut } = createGathering<string, string>({
    maxBatch: 10,
    async carryOut(items) {
      batches.push([...items]);
      if (items.includes('bad')) throw new Error('no');
      return items;
    },
  });
  const calls = await Promise.allSettled(['a', 'bad', 'b'].map(carryOut));
  expect(calls).toMatchObject([{ value: 'a' }, { reason: { message: 'no' } }, { value: 'b' }]);
  expect(batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
});

test('in an outage nothing is carried out a second time: it may have been done and nobody told', async () => {
  let times = 0;
  const { carryOut } = createGathering<string, string>({
    maxBatch: 10,
    async carryOut() {
      times++;
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    },
  });
  const calls = await Promise.allSettled(['a', 'b'].map(carryOut));
  expect(calls).toMatchObject([{ reason: { message: 'gone' } }, { reason: { message: 'gone' } }]);
  expect(times).toBe(1);
});

test('a batch is nobody’s operation: it goes on where the first of its callers has gone', async () => {
  const seen: unknown[] = [];
  const { carryOut } = createGathering<string, string>({
    maxBatch: 10,
    async carryOut(items) {
      seen.push(operationSignal());
      return items;
    },
  });
  await runWhileAwaited(AbortSignal.abort(), () => carryOut('a'));
  expect(seen).toEqual([null]);
});

test('it is idle as soon as no call is at work', async () => {
  const { gathering, endBatch } = gather((item) => item);
  await gathering.idle();
  let idle = false;
  const call = gathering.carryOut('a');
  const waiting = gathering.idle().then(() => {
    idle = true;
  });
  await endBatch();
  expect(idle).toBe(false);
  await call;
  await waiting;
  expect(idle).toBe(true);
});
