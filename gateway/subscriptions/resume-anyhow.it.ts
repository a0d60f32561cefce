import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { followers } from '../testing/followers.ts';
import { startTestGateway, type TestGateway } from '../testing/gateway.ts';
import { type LogShop, startLogShop } from '../testing/log-shop.ts';

let shop: LogShop;
let gateways: TestGateway[];
beforeAll(async () => {
  shop = await startLogShop();
  gateways = await Promise.all([1, 2].map(() => startTestGateway({ supergraphSdl: shop.supergraphSdl })));
}, 60_000);
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway[Symbol.asyncDispose]()));
  await shop[Symbol.asyncDispose]();
});

const query = 'subscription { done { id worker { name } } }';
const follows = Object.values(followers);
const patience = 30_000;

const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 80 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cut' as const), client: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('connect' as const), client: fc.nat(2), gateway: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

test('whatever the order of events, cuts, returns to one gateway or the other and restarts of the subgraph, a client of each transport gets every event once, in order', async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 24 }), async (actions) => {
      const before = written;
      const clients = follows.map((follow) => ({ follower: follow(query), connected: true }));
      try {
        for (const [index, { follower }] of clients.entries()) follower.connect(gateways[index % 2]!);
        // From the word on that tells where it begins.
        for (const { follower } of clients) await eventually(() => expect(follower.state.cursor).not.toBeNull(), patience);
        for (const each of actions) {
          if (each.do === 'append') {
            await shop.append(Array.from({ length: each.count }, () => String(++written)));
          } else if (each.do === 'restart') {
            await shop.stop();
            await shop.start();
          } else {
            const client = clients[each.client]!;
            if (each.do === 'cut') client.follower.cut();
            else if (!client.connected) client.follower.connect(gateways[each.gateway]!);
            client.connected = each.do === 'connect';
          }
        }
        for (const client of clients) if (!client.connected) client.follower.connect(gateways[0]!);
        const all = Array.from({ length: written - before }, (_, index) => String(before + index + 1));
        for (const { follower } of clients) {
          await eventually(() => expect(follower.state.results.length).toBeGreaterThanOrEqual(all.length), patience);
          expect(follower.state.results.map(({ done }) => done.id)).toEqual(all);
          expect(follower.state.errors).toEqual([]);
        }
      } finally {
        for (const { follower } of clients) follower.cut();
      }
    }),
    { numRuns: 8 },
  );
}, 180_000);
