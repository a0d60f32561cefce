import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createSharedSources, type Sink } from './shared-sources.ts';

function setUp() {
  const changes: string[] = [];
  const shared = createSharedSources<number>((key, change) => changes.push(`${key}${change > 0 ? '+' : '-'}`));
  const sources: { sink: Sink<number>; stopped: number }[] = [];
  const source = (sink: Sink<number>) => {
    const started = { sink, stopped: 0 };
    sources.push(started);
    return () => void started.stopped++;
  };
  const client = () => {
    const seen: unknown[] = [];
    return {
      seen,
      next: (value: number) => void seen.push(value),
      complete: () => void seen.push('complete'),
      error: (error: Error) => void seen.push(error.message),
    };
  };
  return { shared, sources, source, client, changes };
}

test('one source serves all of a key, and stops when the last of them leaves', () => {
  const { shared, sources, source, client, changes } = setUp();
  const [a, b] = [client(), client()];
  const leaveA = shared.join('k', false, a, source);
  const leaveB = shared.join('k', false, b, source);
  sources[0]?.sink.next(1);
  leaveA();
  leaveA();
  sources[0]?.sink.next(2);
  expect([sources.length, sources[0]?.stopped, a.seen, b.seen]).toEqual([1, 0, [1], [1, 2]]);
  leaveB();
  sources[0]?.sink.next(3);
  expect([sources[0]?.stopped, b.seen, changes]).toEqual([1, [1, 2], ['k+', 'k-']]);
  shared.join('k', false, client(), source);
  expect(sources).toHaveLength(2);
});

test('only where asked for, one who joins late is given the newest value', () => {
  for (const replay of [false, true]) {
    const { shared, sources, source, client } = setUp();
    shared.join('k', replay, client(), source);
    sources[0]?.sink.next(1);
    sources[0]?.sink.next(2);
    const late = client();
    shared.join('k', replay, late, source);
    expect(late.seen).toEqual(replay ? [2] : []);
  }
});

test('an end or an error reaches everybody once, and the source is not stopped again', () => {
  const { shared, sources, source, client } = setUp();
  const [a, b] = [client(), client()];
  const leave = shared.join('a', false, a, source);
  shared.join('b', false, b, source);
  sources[0]?.sink.complete();
  sources[0]?.sink.complete();
  sources[1]?.sink.error(new GraphQLError('broken'));
  leave();
  expect([a.seen, b.seen, sources.map(({ stopped }) => stopped)]).toEqual([['complete'], ['broken'], [0, 0]]);
});

test('a source that ends while it starts is stopped, and the next one to join starts another', () => {
  const { shared, client, changes } = setUp();
  const a = client();
  let stopped = 0;
  shared.join('k', false, a, (sink) => {
    sink.next(1);
    sink.complete();
    return () => void stopped++;
  });
  expect([a.seen, stopped, changes]).toEqual([[1, 'complete'], 1, ['k+', 'k-']]);
});
