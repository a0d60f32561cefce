import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Database } from './database.ts';
import { createFeed, type FeedConfig, type FeedEvent } from './feed.ts';
import { appendToOutbox, eventMessage, writeOutbox } from './outbox.ts';
import { createRelay } from './relay.ts';
import { createTestDatabase } from './testing/database.ts';
import { calculated, noBroker } from './testing/event-log.ts';
import { testLog } from './testing/log.ts';

const soon = { timeout: 15_000, interval: 10 };

async function start(database: Database, config: Partial<FeedConfig> = {}) {
  const log = testLog();
  const relay = createRelay({ service: 'test', pollMs: 20 }, { database, link: noBroker, log });
  const feed = createFeed({ service: 'test', pollMs: 20, ...config }, { database, log });
  await relay.start();
  await feed.start();
  return {
    feed,
    relay,
    async [Symbol.asyncDispose]() {
      await feed.stop();
      await relay.stop();
    },
  };
}

const changed = () => eventMessage('calcul.stats_changed', { type: 'stats', id: 'all' }, { cause: 'submitted' });

/** Begins after the cursor, and notes what it is told of being live. */
function after(cursor: string) {
  const marks: string[] = [];
  return { after: cursor, caughtUp: (mark: string) => void marks.push(mark), marks };
}

const append = (database: Database, ids: readonly string[]) =>
  database.transaction((em) =>
    appendToOutbox(
      em,
      ids.map((id) => calculated(id)),
    ),
  );

async function take(events: AsyncIterator<FeedEvent<'calcul.completed'>>, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    ids.push(value.payload.result_id);
  }
  return ids;
}

test('a subscriber gets what happens after it came, of its types, and nothing else', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  await append(database, ['before']);
  await vi.waitFor(() => expect(running.feed.position()).toBe(1n), soon);
  const events = running.feed.subscribe({ types: ['calcul.completed'] });
  await database.transaction((em) => appendToOutbox(em, [changed(), calculated('a'), changed(), calculated('b')]));
  const { value } = await events.next();
  expect(value).toMatchObject({ position: 3n, type: 'calcul.completed', payload: { event: 'calcul_completed', result_id: 'a' } });
  expect(Math.abs(value!.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
  expect(await take(events, 1)).toEqual(['b']);
});

test('an event reaches its subscriber long before the next poll', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database, { pollMs: 60_000 });
  const events = running.feed.subscribe({ types: ['calcul.completed'] });
  await append(database, ['a']);
  expect(await take(events, 1)).toEqual(['a']);
});

test('replaying begins after the position given and goes over into the live events without a gap or a repetition', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  const early = Array.from({ length: 1_700 }, (_, n) => `early${n}`); // several pages, and more than a buffer
  await append(database, early);
  await vi.waitFor(() => expect(running.feed.position()).toBe(1_700n), soon);
  const from = after(running.feed.cursor().replace(/\d+$/, '100'));
  const events = running.feed.subscribe({ types: ['calcul.completed'], start: from });
  const late = Array.from({ length: 50 }, (_, n) => `late${n}`);
  const writing = (async () => {
    for (const id of late) await append(database, [id]);
  })();
  expect(await take(events, 1_600)).toEqual(early.slice(100));
  expect(await take(events, 50)).toEqual(late);
  await writing;
  expect(from.marks).toHaveLength(1);
});

test('a subscriber is told where it is live, between what came before and what comes after', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  const fresh = after('');
  const live = running.feed.subscribe({ types: ['calcul.completed'], start: { ...fresh, after: null } });
  const told = running.feed.cursor();
  const first = live.next();
  expect(fresh.marks).toEqual([told]);
  await append(database, ['a', 'b', 'c']);
  await first;
  const late = after(told);
  const replayed = running.feed.subscribe({ types: ['calcul.completed'], start: late });
  const marksAfter: number[] = [];
  for (let n = 0; n < 3; n++) {
    const { value } = await replayed.next();
    expect(value?.cursor).toBe(told.replace(/\d+$/, String(n + 1)));
    marksAfter.push(late.marks.length);
  }
  expect(marksAfter).toEqual([0, 0, 0]);
  const waiting = replayed.next();
  await vi.waitFor(() => expect(late.marks).toEqual([told.replace(/\d+$/, '3')]), soon);
  await append(database, ['d']);
  expect((await waiting).value?.payload.result_id).toBe('d');
});

test('a position the log does not hold is refused', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  await append(database, ['a']);
  await vi.waitFor(() => expect(running.feed.position()).toBe(1n), soon);
  const cursor = running.feed.cursor();
  const at = (position: number) => cursor.replace(/\d+$/, String(position));
  const begin = (start: string) => running.feed.subscribe({ types: ['calcul.completed'], start: after(start) });
  await expect(begin(at(99)).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  await database.query('UPDATE outbox_head SET purged = 1');
  await expect(begin(at(0)).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  for (const unknown of ['', '1', `00000000.1`, `${cursor}x`, `${cursor}9999999999999999999`, at(-1)])
    expect(() => begin(unknown), unknown).toThrow(expect.objectContaining({ code: 'CURSOR_EXPIRED' }));
  const atHead = begin(at(1));
  await append(database, ['b']);
  expect(await take(atHead, 1)).toEqual(['b']);
});

test('a reader that falls behind by more than its buffer is let go with SLOW_CONSUMER, the others are not', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  const slow = running.feed.subscribe({ types: ['calcul.completed'], bufferSize: 10 });
  const choosy = running.feed.subscribe({
    types: ['calcul.completed'],
    bufferSize: 10,
    filter: ({ payload }) => payload.result_id === '19',
  });
  const quick = running.feed.subscribe({ types: ['calcul.completed'] });
  const ids = Array.from({ length: 20 }, (_, n) => String(n));
  await append(database, ids);
  expect(await take(quick, 20)).toEqual(ids);
  expect(await take(slow, 10)).toEqual(ids.slice(0, 10));
  await expect(slow.next()).rejects.toMatchObject({ code: 'SLOW_CONSUMER' });
  expect(await slow.next()).toEqual({ value: undefined, done: true });
  expect(await take(choosy, 1)).toEqual(['19']); // its filter ran before its buffer
});

test('a filter that throws ends its own subscription only', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  const broken = running.feed.subscribe({
    types: ['calcul.completed'],
    filter() {
      throw new Error('broken filter');
    },
  });
  const sound = running.feed.subscribe({ types: ['calcul.completed'] });
  await append(database, ['a']);
  await expect(broken.next()).rejects.toThrow('broken filter');
  expect(await take(sound, 1)).toEqual(['a']);
});

test('return, an aborted signal and the end of the feed release a reader that waits on a quiet log', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const running = await start(database);
  const returned = running.feed.subscribe({ types: ['calcul.completed'] });
  const controller = new AbortController();
  const aborted = running.feed.subscribe({ types: ['calcul.completed'], signal: controller.signal });
  const stopped = running.feed.subscribe({ types: ['calcul.completed'] });
  const [first, second, third] = [returned.next(), aborted.next(), stopped.next()];
  third.catch(() => undefined);
  await returned.return!();
  controller.abort();
  expect(await first).toEqual({ value: undefined, done: true });
  expect(await second).toEqual({ value: undefined, done: true });
  await running[Symbol.asyncDispose]();
  await expect(third).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
});

test('a restart of the database delays events and loses none', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await using running = await start(database);
  const events = running.feed.subscribe({ types: ['calcul.completed'] });
  for (let round = 0; round < 3; round++) {
    await server.terminateSessions();
    await vi.waitFor(() => append(database, [`round${round}`]), soon);
  }
  // An append whose commit was cut off may have happened: only the order and presence of each round count.
  const seen = new Set<string>();
  while (seen.size < 3) for (const id of await take(events, 1)) seen.add(id);
  expect([...seen]).toEqual(['round0', 'round1', 'round2']);
});

// Catches the mutant "id > last": what commits late with an early id would never be seen.
test('whatever the order in which concurrent transactions commit, every subscriber sees every event once, in the order of positions, each task’s in its order', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 20 });
  await using running = await start(database, { pollMs: 3 });
  const write = fc.record({
    tasks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
    holdMs: fc.integer({ min: 0, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 2, maxLength: 14 }), fc.integer({ min: 0, max: 10 }), async (writes, lateByMs) => {
      const from = running.feed.position();
      const fromCursor = running.feed.cursor();
      const live = running.feed.subscribe({ types: ['calcul.completed'] });
      const written = Promise.all(
        writes.map(({ tasks, holdMs }, n) =>
          database.transaction(async (em) => {
            await appendToOutbox(
              em,
              tasks.map((task, index) => calculated(`${n}.${index}.${task}`)),
            );
            await writeOutbox(em); // ids are drawn long before the commit
            await em.getConnection().execute('select pg_sleep(?)', [holdMs / 1_000], 'all', em.getTransactionContext());
          }),
        ),
      );
      const total = writes.reduce((sum, { tasks }) => sum + tasks.length, 0);
      await new Promise((resolve) => setTimeout(resolve, lateByMs)); // the moment at which the second one comes
      const replaying = running.feed.subscribe({ types: ['calcul.completed'], start: after(fromCursor) });
      const collect = async (events: AsyncIterator<FeedEvent<'calcul.completed'>>) => {
        const got: FeedEvent<'calcul.completed'>[] = [];
        while (got.length < total) got.push((await events.next()).value);
        return got;
      };
      const [one, two] = await Promise.all([collect(live), collect(replaying), written]);
      for (const got of [one, two]) {
        expect(got.map(({ position }) => position)).toEqual(Array.from({ length: total }, (_, n) => from + BigInt(n) + 1n));
        for (const [n, { tasks }] of writes.entries()) {
          const own = got.map(({ payload }) => payload.result_id).filter((id) => id.startsWith(`${n}.`));
          expect(own).toEqual(tasks.map((task, index) => `${n}.${index}.${task}`));
        }
      }
      await live.return!();
      await replaying.return!();
      await vi.waitFor(() => expect(running.feed.position()).toBe(from + BigInt(total)), soon);
    }),
    { numRuns: 40 },
  );
}, 90_000);
