import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createSharedSources, type Item, type ResumedFrom, type Sink } from './shared-sources.ts';

const retention = { maxItems: 3, maxBytes: 1_000, bytesOf: () => 1, maxTotalBytes: 10_000 };

function setUp(limits: Partial<typeof retention> = {}) {
  const changes: string[] = [];
  const shared = createSharedSources<number>({ ...retention, ...limits }, (key, change) => changes.push(`${key}${change > 0 ? '+' : '-'}`));
  const sources: { sink: Sink<number>; after: string | null; stopped: number; tell(value: number): void; mark(cursor: number): void }[] =
    [];
  const source = (sink: Sink<number>, after: string | null) => {
    const started = {
      sink,
      after,
      stopped: 0,
      tell: (value: number) => sink.next({ cursor: String(value), value }),
      mark: (cursor: number) => sink.next({ cursor: String(cursor), value: undefined }),
    };
    sources.push(started);
    return () => void started.stopped++;
  };
  const client = () => {
    const seen: unknown[] = [];
    return {
      seen,
      values: () => seen.filter((value) => typeof value === 'number'),
      next: ({ cursor, value }: Item<number>) => void seen.push(value ?? `at ${cursor}`),
      complete: () => void seen.push('complete'),
      error: (error: Error) => void seen.push(error.message),
    };
  };
  const resumed: ResumedFrom[] = [];
  const join = (listener: ReturnType<typeof client>, after: string | null = null, state = false) =>
    shared.join('k', { state, after, onResumed: (from) => resumed.push(from) }, listener, source);
  return { sources, client, changes, join, resumed };
}

test('one source serves all of a key, and stops when the last of them leaves', () => {
  const { sources, client, changes, join } = setUp();
  const [a, b] = [client(), client()];
  const leaveA = join(a);
  const leaveB = join(b);
  sources[0]?.tell(1);
  leaveA();
  leaveA();
  sources[0]?.tell(2);
  expect([sources.length, sources[0]?.stopped, a.seen, b.seen]).toEqual([1, 0, [1], [1, 2]]);
  leaveB();
  sources[0]?.tell(3);
  expect([sources[0]?.stopped, b.seen, changes]).toEqual([1, [1, 2], ['k+', 'k-']]);
  join(client());
  expect(sources).toHaveLength(2);
});

test('who joins a state late is given the newest, unless he has it', () => {
  const { sources, client, join } = setUp();
  const [a, late, knowing, outdated] = [client(), client(), client(), client()];
  join(a, null, true);
  sources[0]?.tell(1);
  sources[0]?.tell(2);
  join(late, null, true);
  join(knowing, '2', true);
  join(outdated, '1', true);
  sources[0]?.tell(3);
  expect([late.seen, knowing.seen, outdated.seen]).toEqual([[2, 3], [3], [2, 3]]);
});

test('who comes back to a state before there is one is told it only where it is another', () => {
  const { sources, client, join } = setUp();
  const [same, other] = [client(), client()];
  join(same, '5', true);
  join(other, '4', true);
  expect(sources.map(({ after }) => after)).toEqual([null]);
  sources[0]?.tell(5);
  sources[0]?.tell(5);
  expect([same.seen, other.seen]).toEqual([[5], [5, 5]]);
});

test('what the source says at its end reaches all, once', () => {
  const { sources, client, join } = setUp();
  const [a, b] = [client(), client()];
  join(a);
  join(b);
  sources[0]?.sink.error(new GraphQLError('broken'));
  sources[0]?.sink.complete();
  sources[0]?.tell(1);
  expect([a.seen, b.seen]).toEqual([['broken'], ['broken']]);
  join(client());
  expect(sources).toHaveLength(2);
});

test('who comes back is told what he missed from memory where it is held, and asks the source where it is not', () => {
  const { sources, client, join, resumed } = setUp();
  join(client());
  sources[0]?.mark(0);
  for (const value of [1, 2, 3, 4, 5]) sources[0]?.tell(value);
  const [remembered, forgotten] = [client(), client()];
  join(remembered, '3');
  join(forgotten, '1');
  expect(remembered.seen).toEqual([4, 5, 'at 5']);
  expect([sources[1]?.after, resumed]).toEqual(['1', ['memory', 'source']]);
  for (const value of [2, 3]) sources[1]?.tell(value);
  // It has told up to 3, and the other topic holds what comes then.
  expect(forgotten.seen).toEqual([2, 3, 4, 5]);
  expect(sources[1]?.stopped).toBe(1);
  sources[0]?.tell(6);
  expect([remembered.seen.at(-1), forgotten.seen.at(-1)]).toEqual([6, 6]);
});

test('on a quiet source one who comes back goes on with the others as soon as both stand at the same place', () => {
  const { sources, client, join } = setUp();
  const [first, back] = [client(), client()];
  join(first);
  join(back, '7');
  sources[1]?.tell(8);
  sources[1]?.mark(9);
  expect(sources[1]?.stopped).toBe(0);
  sources[0]?.mark(9);
  expect(sources.map(({ stopped }) => stopped)).toEqual([1, 0]);
  sources[1]?.tell(10);
  expect([first.values(), back.values()]).toEqual([[10], [8, 10]]);
});

test('who comes back first is joined by who comes anew, once he has caught up', () => {
  const { sources, client, join } = setUp();
  const [back, early, late] = [client(), client(), client()];
  join(back, '1');
  join(early);
  expect(sources).toHaveLength(2);
  sources[0]?.tell(2);
  sources[1]?.sink.complete();
  sources[0]?.mark(2);
  join(late);
  expect(sources).toHaveLength(2);
  sources[0]?.tell(3);
  expect([back.values(), late.seen]).toEqual([
    [2, 3],
    ['at 2', 3],
  ]);
});

test('what is remembered is bounded in items, in bytes and over all topics', () => {
  for (const limits of [{ maxItems: 2 }, { maxItems: 100, maxBytes: 2 }, { maxItems: 100, maxTotalBytes: 1 }]) {
    const { sources, client, join, resumed } = setUp(limits);
    join(client());
    for (const value of [1, 2, 3, 4, 5]) sources[0]?.tell(value);
    join(client(), '1');
    join(client(), '4');
    expect(resumed).toEqual(['source', 'memory']);
  }
});

/** A log with any number of readers who see new events late, each in its own time. */
function createLog() {
  const events: number[] = [];
  const readers = new Set<{ at: number; told: boolean; sink: Sink<number> }>();
  return {
    append: () => void events.push(events.length + 1),
    readers,
    source(sink: Sink<number>, after: string | null) {
      const reader = { at: after === null ? events.length : Number(after), told: false, sink };
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    /** One reader tells its next event, or that there is none. */
    step(index: number) {
      const reader = [...readers][index % Math.max(1, readers.size)];
      if (!reader) return;
      const value = events[reader.at];
      if (value !== undefined) {
        reader.at = value;
        reader.sink.next({ cursor: String(value), value });
      } else if (!reader.told) {
        reader.told = true;
        reader.sink.next({ cursor: String(reader.at), value: undefined });
      }
    },
    count: () => events.length,
  };
}

test('whatever the order of events, cuts and returns, each client is told each event once, in order', () => {
  const action = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('step' as const), reader: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), client: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('resume' as const), client: fc.nat(3) }) },
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), fc.integer({ min: 1, max: 8 }), (actions, maxItems) => {
      const log = createLog();
      const shared = createSharedSources<number>({ ...retention, maxItems }, () => undefined);
      const clients = Array.from({ length: 4 }, () => ({
        seen: [] as number[],
        cursor: null as string | null,
        leave: undefined as (() => void) | undefined,
      }));
      const connect = (client: (typeof clients)[number]) => {
        client.leave ??= shared.join(
          'k',
          { state: false, after: client.cursor },
          {
            next({ cursor, value }) {
              client.cursor = cursor ?? client.cursor;
              if (value !== undefined) client.seen.push(value);
            },
            complete: () => undefined,
            error: () => undefined,
          },
          log.source,
        );
      };
      // From the first word on, which tells where it begins, nothing may be missed.
      for (const client of clients) connect(client);
      log.step(0);
      for (const each of actions) {
        if (each.do === 'append') log.append();
        else if (each.do === 'step') log.step(each.reader);
        else if (each.do === 'resume') connect(clients[each.client]!);
        else {
          clients[each.client]!.leave?.();
          clients[each.client]!.leave = undefined;
        }
      }
      for (const client of clients) connect(client);
      for (let rest = 0; rest < 1_000; rest++) log.step(rest);
      const all = Array.from({ length: log.count() }, (_, index) => index + 1);
      for (const { seen } of clients) expect(seen).toEqual(all);
      // Once all stand at the end of the log they share one source again.
      log.append();
      for (let rest = 0; rest < 20; rest++) log.step(rest);
      expect(log.readers.size).toBe(1);
    }),
    { numRuns: 500 },
  );
});
