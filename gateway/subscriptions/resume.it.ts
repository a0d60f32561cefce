import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { followBySse, followByWebSocket, followers } from '../testing/followers.ts';
import { startTestGateway, type TestGateway } from '../testing/gateway.ts';
import { type LogShop, startLogShop } from '../testing/log-shop.ts';

/** What clients are promised who were cut off: everything, once, in order. The subgraph reads its events from the log in its database, as all of ours do. */
let shop: LogShop;
let gateway: TestGateway;
let second: TestGateway;
beforeAll(async () => {
  shop = await startLogShop();
  [gateway, second] = await Promise.all(
    [1, 2].map(() => startTestGateway({ supergraphSdl: shop.supergraphSdl, auth: true })) as [never, never],
  );
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const query = 'subscription { done { id worker { name } } }';
let written = 0;

/** Writes events and returns their ids. */
async function happen(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => String(++written));
  await shop.append(ids);
  return ids;
}
const idsOf = (follower: { state: { results: { done: { id: string } }[] } }) => follower.state.results.map(({ done }) => done.id);
const patience = 15_000;
const begun = (follower: { state: { cursor: string | null } }) => eventually(() => expect(follower.state.cursor).not.toBeNull(), patience);
const sameGateway = () => gateway;

for (const [transport, follow] of Object.entries(followers)) {
  describe(`over ${transport}`, () => {
    for (const [how, other] of [
      ['the same gateway', sameGateway],
      ['another gateway', () => second],
    ] as const) {
      test(`a client cut off while 1,000 events pass gets all of them from ${how}, once and in order`, async () => {
        using client = follow(query);
        client.connect(gateway);
        await begun(client);
        const before = await happen(5);
        await eventually(() => expect(idsOf(client)).toEqual(before), patience);
        client.cut();
        const missed = await happen(1_000);
        client.connect(other());
        await eventually(() => expect(client.state.results.length).toBeGreaterThan(before.length), patience);
        const after = await happen(5);
        await eventually(() => expect(idsOf(client)).toEqual([...before, ...missed, ...after]), patience);
        expect(client.state.errors).toEqual([]);
        expect(client.state.results.at(-1)).toEqual({ done: { id: after.at(-1), worker: { name: expect.stringContaining('Worker w') } } });
      });
    }

    test('a client cut off before its first event misses nothing either', async () => {
      using client = follow(query);
      client.connect(gateway);
      await begun(client);
      client.cut();
      const missed = await happen(3);
      client.connect(gateway);
      await eventually(() => expect(idsOf(client)).toEqual(missed), patience);
    });

    test('a client that comes back shares the subscription of those who stayed', async () => {
      using stayed = followByWebSocket(query);
      using client = follow(query);
      stayed.connect(gateway);
      client.connect(gateway);
      await begun(stayed);
      await begun(client);
      const before = await happen(2);
      await eventually(() => expect([idsOf(stayed), idsOf(client)]).toEqual([before, before]), patience);
      client.cut();
      // More than what is remembered for those who come back.
      const missed = await happen(400);
      await eventually(() => expect(stayed.state.results).toHaveLength(402), patience);
      client.connect(gateway);
      await eventually(() => expect(idsOf(client)).toEqual([...before, ...missed]), patience);
      const after = await happen(2);
      await eventually(() => expect([idsOf(stayed), idsOf(client)]).toEqual(Array(2).fill([...before, ...missed, ...after])), patience);
      await eventually(async () => expect(await gateway.metric('subscription_groups_active')).toBe(1), patience);
      expect(await gateway.metric('subscription_upstreams_active')).toBe(1);
      expect(client.state.results).toEqual(stayed.state.results);
    });

    test('a subgraph that stops and comes back loses no event, for who stayed and for who was cut off', async () => {
      using stayed = follow(query);
      using client = follow(query);
      stayed.connect(gateway);
      client.connect(gateway);
      await begun(stayed);
      await begun(client);
      const before = await happen(2);
      await eventually(() => expect([idsOf(stayed), idsOf(client)]).toEqual([before, before]), patience);
      client.cut();
      await shop.stop();
      const missed = await happen(50);
      client.connect(gateway);
      await shop.start();
      const after = await happen(2);
      await eventually(() => expect([idsOf(stayed), idsOf(client)]).toEqual(Array(2).fill([...before, ...missed, ...after])), patience);
      expect([stayed.state.errors, client.state.errors]).toEqual([[], []]);
    });

    test('a cursor that was forged, or is another subscription’s or another’s rights, is refused', async () => {
      using client = follow(query);
      client.connect(gateway);
      await begun(client);
      const cursor = client.state.cursor!;
      for (const [text, options] of [
        [`${cursor.slice(0, -1)}${cursor.endsWith('Q') ? 'R' : 'Q'}`, {}],
        [`${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`, {}],
        ['x', {}],
        [cursor, { variables: { worker: 'w1' } }],
        [cursor, { key: 'clerk-key' }],
      ] as const) {
        using forger = follow('subscription($worker: ID) { done(worker: $worker) { id } }', { ...options, cursor: text });
        forger.connect(gateway);
        await eventually(() => expect(forger.state.errors[0]?.extensions?.code).toBe('CURSOR_INVALID'), patience);
        expect(forger.state.results).toEqual([]);
      }
      // The same field in other words is the same, and so is another consumer with the same rights.
      const missed = await happen(1);
      using changed = follow('subscription { done { id } }', { cursor, key: 'other-admin-key' });
      changed.connect(gateway);
      await eventually(() => expect(idsOf(changed)).toEqual(missed), patience);
    });

    test('a cursor that the log does not reach back to is said to be too old, and nothing is begun in its place', async () => {
      using client = follow(query);
      client.connect(gateway);
      await begun(client);
      client.cut();
      await happen(2);
      await eventually(async () => expect(await gateway.metric('subscription_operations_active')).toBe(0), patience);
      await shop.purge();
      client.connect(gateway);
      await eventually(() => expect(client.state.errors).toHaveLength(1), patience);
      expect(client.state.errors[0]).toMatchObject({
        message: expect.stringContaining('read the state afresh'),
        extensions: { code: 'CURSOR_EXPIRED' },
      });
      expect(client.state.results).toEqual([]);
    });

    test('who comes back to a state is told it only where it is another, and its last one for certain', async () => {
      const total = 'subscription { total { count open } }';
      shop.setTotal({ count: 1, open: true });
      using client = follow(total);
      client.connect(gateway);
      await eventually(() => expect(client.state.results).toEqual([{ total: { count: 1, open: true } }]), patience);
      client.cut();
      client.connect(second);
      await eventually(async () => expect(await second.metric('subscription_operations_active')).toBe(1), patience);
      shop.setTotal({ count: 2, open: true });
      await eventually(() => expect(client.state.results.slice(1)).toEqual([{ total: { count: 2, open: true } }]), patience);
      client.cut();
      shop.setTotal({ count: 3, open: true });
      shop.setTotal({ count: 4, open: false });
      client.connect(gateway);
      await eventually(() => expect(client.state.completed).toBe(true), patience);
      expect(client.state.results.slice(2)).toEqual([{ total: { count: 4, open: false } }]);
      // It had the last one, and not the word that it was the last.
      client.state.completed = false;
      client.connect(second);
      await eventually(() => expect(client.state.completed).toBe(true), patience);
      expect(client.state.results).toHaveLength(3);
    });
  });
}

test('where only one consumer’s clients share, a cursor is that consumer’s alone', async () => {
  await using strict = await startTestGateway({ supergraphSdl: shop.supergraphSdl, auth: true, shareSubscriptions: 'consumer' });
  using client = followByWebSocket(query);
  client.connect(strict);
  await begun(client);
  client.cut();
  const missed = await happen(2);
  using other = followByWebSocket(query, { key: 'other-admin-key', cursor: client.state.cursor });
  other.connect(strict);
  await eventually(() => expect(other.state.errors[0]?.extensions?.code).toBe('CURSOR_INVALID'), patience);
  client.connect(strict);
  await eventually(() => expect(idsOf(client)).toEqual(missed), patience);
  expect(other.state.results).toEqual([]);
});

for (const single of [false, true]) {
  test(`the client of graphql-sse goes on after a cursor ${single ? 'on a single connection' : 'on connections of their own'}`, async () => {
    const extensions = { cursor: null as string | null };
    const ids: string[] = [];
    const connect = () => {
      const client = createSseClient({
        url: `${gateway.url()}/graphql${single ? '/stream' : ''}`,
        singleConnection: single as false,
        headers: { 'x-api-key': 'admin-key' },
        retryAttempts: 0,
      });
      client.subscribe(
        { query, extensions },
        {
          next({ data, extensions: told }) {
            extensions.cursor = String((told as { cursor?: string } | undefined)?.cursor);
            if (data) ids.push((data as { done: { id: string } }).done.id);
          },
          error: () => undefined,
          complete: () => undefined,
        },
      );
      return client;
    };
    const first = connect();
    await eventually(() => expect(extensions.cursor).not.toBeNull(), patience);
    const before = await happen(2);
    await eventually(() => expect(ids).toEqual(before), patience);
    first.dispose();
    const missed = await happen(300);
    const second = connect();
    await eventually(() => expect(ids).toEqual([...before, ...missed]), patience);
    second.dispose();
  });
}

test('a hundred clients that share a subscription get equal texts, cursors included', async () => {
  const clients = Array.from({ length: 100 }, (_, index) => (index % 2 ? followBySse : followByWebSocket)(query));
  for (const client of clients) client.connect(gateway);
  await eventually(async () => expect(await gateway.metric('subscription_operations_active')).toBe(100), patience);
  for (const client of clients) await begun(client);
  const resolutions = await gateway.metric('subscription_resolutions_total');
  const ids = await happen(10);
  for (const client of clients) await eventually(() => expect(idsOf(client)).toEqual(ids), patience);
  expect(new Set(clients.map(({ state }) => state.cursor)).size).toBe(1);
  expect(await gateway.metric('subscription_resolutions_total')).toBe(resolutions + 10);
  for (const client of clients) client.cut();
});

test('all who come back to the same place cause one replay at the subgraph', async () => {
  const clients = Array.from({ length: 30 }, () => followByWebSocket(query));
  for (const client of clients) client.connect(gateway);
  for (const client of clients) await begun(client);
  const before = await happen(1);
  for (const client of clients) await eventually(() => expect(idsOf(client)).toEqual(before), patience);
  for (const client of clients) client.cut();
  await eventually(async () => expect(await gateway.metric('subscription_operations_active')).toBe(0), patience);
  const missed = await happen(100);
  const events = await second.metric('subscription_events_total');
  for (const client of clients) client.connect(second);
  for (const client of clients) await eventually(() => expect(idsOf(client)).toEqual([...before, ...missed]), patience);
  expect((await second.metric('subscription_events_total')) - events).toBe(100);
  for (const client of clients) client.cut();
});
