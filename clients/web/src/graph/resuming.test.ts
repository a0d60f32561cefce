import type { Client, Sink, SubscribePayload } from 'graphql-ws';
import { expect, test } from 'vitest';
import { resuming } from './resuming.ts';

function setUp() {
  let payload: SubscribePayload | undefined;
  let sink: Sink | undefined;
  const client = {
    subscribe(given: SubscribePayload, to: Sink) {
      [payload, sink] = [given, to];
      return () => undefined;
    },
  } as unknown as Client;
  const seen: unknown[] = [];
  resuming(client).subscribe(
    { query: 'subscription { ticks }' },
    { next: ({ data }) => void seen.push(data), error: (error) => void seen.push(error), complete: () => undefined },
  );
  return { seen, sent: () => JSON.parse(JSON.stringify(payload)), sink: sink! };
}

test('it asks for a cursor at first, and comes back with the newest one', () => {
  const { seen, sent, sink } = setUp();
  expect(sent()).toEqual({ query: 'subscription { ticks }', extensions: { cursor: null } });
  sink.next({ data: null, extensions: { cursor: 'a' } } as never);
  expect(seen).toEqual([]);
  expect(sent().extensions.cursor).toBe('a');
  sink.next({ data: { ticks: 1 }, extensions: { cursor: 'b' } } as never);
  sink.next({ data: { ticks: 2 } } as never);
  expect(seen).toEqual([{ ticks: 1 }, { ticks: 2 }]);
  expect(sent().extensions.cursor).toBe('b');
});

test('a cursor that is not taken any more is not sent again', () => {
  const { seen, sent, sink } = setUp();
  sink.next({ data: { ticks: 1 }, extensions: { cursor: 'a' } } as never);
  const refusal = [{ message: 'too old', extensions: { code: 'CURSOR_EXPIRED' } }];
  sink.error(refusal);
  expect(seen.at(-1)).toBe(refusal);
  expect(sent().extensions.cursor).toBeNull();
});
