import type { Client, Sink, SubscribePayload } from 'graphql-ws';
import { expect, test } from 'vitest';
import { resumed } from './resuming.ts';

/** A client whose connections are played by the test. */
function played() {
  const opened: { payload: SubscribePayload; sink: Sink; left: boolean }[] = [];
  const client = {
    subscribe(payload: SubscribePayload, sink: Sink) {
      const one = { payload, sink, left: false };
      opened.push(one);
      return () => {
        one.left = true;
      };
    },
  } as unknown as Client;
  const sent = (index: number) => JSON.parse(JSON.stringify(opened[index]?.payload));
  const tell = (index: number, result: object) => opened[index]?.sink.next(result as never);
  return {
    client,
    opened,
    sent,
    tell,
    fail: (index: number, code: string) => opened[index]?.sink.error([{ message: code, extensions: { code } }]),
  };
}

function follow(client: Client, signal?: AbortSignal) {
  const seen: unknown[] = [];
  const ended = (async () => {
    for await (const { data } of resumed(client, { query: 'subscription { ticks }' }, { signal, onMissed: () => seen.push('missed') }))
      seen.push(data);
  })();
  return { seen, ended };
}

test('it asks for a cursor at first, and comes back with the newest one', async () => {
  const { client, opened, sent, tell, fail } = played();
  const { seen, ended } = follow(client);
  await expect.poll(() => opened.length).toBe(1);
  expect(sent(0)).toEqual({ query: 'subscription { ticks }', extensions: { cursor: null } });
  tell(0, { data: null, extensions: { cursor: 'a' } });
  tell(0, { data: { ticks: 1 }, extensions: { cursor: 'b' } });
  await expect.poll(() => seen).toEqual([{ ticks: 1 }]);
  // A client that connects anew sends the same payload again.
  expect(sent(0).extensions.cursor).toBe('b');
  fail(0, 'SERVICE_UNAVAILABLE');
  await expect.poll(() => opened.length).toBe(2);
  expect(sent(1).extensions.cursor).toBe('b');
  tell(1, { data: { ticks: 2 }, extensions: { cursor: 'c' } });
  opened[1]?.sink.complete();
  await ended;
  expect(seen).toEqual([{ ticks: 1 }, { ticks: 2 }]);
});

test('where the gateway does not know any more what came meanwhile, it says so and goes on', async () => {
  const { client, opened, sent, tell, fail } = played();
  const { seen } = follow(client);
  await expect.poll(() => opened.length).toBe(1);
  tell(0, { data: { ticks: 1 }, extensions: { cursor: 'a' } });
  fail(0, 'CURSOR_EXPIRED');
  await expect.poll(() => opened.length).toBe(2);
  expect(sent(1).extensions.cursor).toBeNull();
  tell(1, { data: { ticks: 9 } });
  await expect.poll(() => seen).toEqual([{ ticks: 1 }, 'missed', { ticks: 9 }]);
});

test('what is refused from the start, or for good, is told', async () => {
  const first = played();
  const { ended } = follow(first.client);
  await expect.poll(() => first.opened.length).toBe(1);
  first.fail(0, 'SERVICE_UNAVAILABLE');
  await expect(ended).rejects.toEqual([expect.objectContaining({ message: 'SERVICE_UNAVAILABLE' })]);
  const second = played();
  const followed = follow(second.client);
  await expect.poll(() => second.opened.length).toBe(1);
  second.tell(0, { data: { ticks: 1 }, extensions: { cursor: 'a' } });
  second.fail(0, 'FORBIDDEN');
  await expect(followed.ended).rejects.toEqual([expect.objectContaining({ message: 'FORBIDDEN' })]);
});

test('who stops is let go at once, also while there is no connection', async () => {
  const { client, opened } = played();
  const stop = new AbortController();
  const { ended } = follow(client, stop.signal);
  await expect.poll(() => opened.length).toBe(1);
  stop.abort();
  await ended;
  expect(opened[0]?.left).toBe(true);
});
