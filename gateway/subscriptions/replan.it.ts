import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { followBySse, followByWebSocket } from '../testing/followers.ts';
import { startTestGateway } from '../testing/gateway.ts';
import { type LogShop, startLogShop } from '../testing/log-shop.ts';

let shop: LogShop;
let folder: string;
beforeAll(async () => {
  shop = await startLogShop();
  folder = ownFolder('replan');
}, 60_000);
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const patience = 30_000;

test('a subscription whose events come from elsewhere by the next supergraph goes on without a gap or a repetition, one that is asked the same is not asked again', async () => {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, shop.supergraphSdl);
  await using gateway = await startTestGateway({ supergraphFile: file, supergraphCheckMs: 20 });
  using same = followByWebSocket('subscription { done { id worker { name } } }');
  using moved = followByWebSocket('subscription { done { id worker { id nick } } }');
  using movedToo = followBySse('subscription { done { id worker { nick } } }');
  const all = [same, moved, movedToo];
  for (const client of all) client.connect(gateway);
  for (const { state } of all) await eventually(() => expect(state.cursor).not.toBeNull(), patience);
  const asked = await shop.begun();

  let written = 0;
  let going = true;
  const writing = (async () => {
    while (going) {
      await shop.append([String(++written)]);
      await nextTurn();
    }
  })();
  await eventually(() => expect(same.state.results.length).toBeGreaterThan(5), patience);
  // From now on the subgraph of the log tells the nick itself.
  await writeFile(file, shop.nextSupergraphSdl);
  await eventually(() => expect(gateway.lines.filter(({ event }) => event === 'supergraph_retired')).toHaveLength(1), patience);
  const past = written;
  await eventually(() => expect(written).toBeGreaterThan(past + 5), patience);
  going = false;
  await writing;

  const ids = Array.from({ length: written }, (_, index) => String(index + 1));
  for (const { state } of all) {
    await eventually(() => expect(state.results.map(({ done }) => done.id)).toEqual(ids), patience);
    expect(state.errors).toEqual([]);
  }
  const nicks = moved.state.results.map(({ done }) => done.worker.nick as string);
  expect(nicks[0]).toBe('Nick of the names');
  expect(nicks.at(-1)).toBe('Nick of the log');
  expect(nicks).toEqual(nicks.toSorted().toReversed());
  // Once more for each of the two that are asked otherwise.
  expect(await shop.begun()).toBe(asked + 2);
}, 90_000);
