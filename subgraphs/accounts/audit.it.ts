import { randomUUID } from 'node:crypto';
import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { signPrincipal } from '@comptoir/platform/principal.ts';
import type { TestBroker } from '@comptoir/platform/testing/broker.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { auditQueue } from '@comptoir/schema/topology.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createAuditSweeper } from './audit-sweeper.ts';
import { mayReadEntry } from './queries/audit.ts';
import { admin, secret, startSystem, withRoles } from './testing/accounts.ts';

let test: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  test = await startSystem();
});
afterAll(() => test[Symbol.asyncDispose]());

const patiently = { timeout: 15_000, interval: 25 };
const fields =
  'action actorId actorName actor { name } entityType entityId entityName stores { id } summary changes { field before after }';
const log = async (filter: object = {}, as: Principal = admin, rest = 'first: 100') =>
  (
    await test.ask(
      as,
      `query($filter: AuditFilter) { auditLog(filter: $filter, ${rest}) { nodes { id at ${fields} } pageInfo { hasNextPage endCursor } totalCount } }`,
      { filter },
    )
  ).data?.auditLog;

/** As any subgraph tells it. */
const tell = (entityId: string, more: object = {}) =>
  test.database.transaction((em) =>
    recordAudit(em, { actor: admin, action: 'product.updated', entityType: 'product', entityId, summary: `Product ${entityId}`, ...more }),
  );
const kept = (entityId: string, count = 1) => vi.waitFor(async () => expect((await log({ entityId })).totalCount).toBe(count), patiently);

/** As it comes over the broker. */
function send(channel: Awaited<ReturnType<TestBroker['channel']>>, entityId: string, messageId = randomUUID()): void {
  const entry = {
    timestamp: new Date().toISOString(),
    actor_id: 'gone',
    actor_name: 'Jemand',
    action: 'order.deleted',
    entity_type: 'order',
    entity_id: entityId,
    store_ids: [],
    summary: '',
    changes: [],
  };
  channel.sendToQueue(auditQueue, Buffer.from(JSON.stringify(entry)), { messageId, type: 'audit.recorded', persistent: true });
}

describe('what a subgraph tells', () => {
  it('is kept with who, what, where and the values that changed', async () => {
    await tell('told', {
      storeIds: ['1', '2'],
      changes: [
        { field: 'price', before: 100, after: 200 },
        { field: 'note', after: 'neu' },
      ],
    });
    await kept('told');
    expect((await log({ entityId: 'told' })).nodes).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        action: 'product.updated',
        actorId: 'demo-admin',
        actorName: 'admin-user',
        actor: { name: 'admin-user' },
        entityType: 'product',
        entityId: 'told',
        entityName: null,
        stores: [{ id: '1' }, { id: '2' }],
        summary: 'Product told',
        changes: [
          { field: 'price', before: '100', after: '200' },
          { field: 'note', before: null, after: '"neu"' },
        ],
      },
    ]);
  });

  it('is kept once, however often it is delivered', async () => {
    const channel = await test.broker.channel();
    const messageId = randomUUID();
    for (let time = 0; time < 3; time++) send(channel, 'twice', messageId);
    await tell('after');
    await kept('after');
    await vi.waitFor(async () => expect((await channel.checkQueue(auditQueue)).messageCount).toBe(0), patiently);
    await kept('twice');
    // Who is not known any more still has the name of then.
    expect((await log({ entityId: 'twice' })).nodes).toMatchObject([{ actorId: 'gone', actorName: 'Jemand', actor: null }]);
  });

  it('is kept beside one that cannot be kept, which came with it', async () => {
    const channel = await test.broker.channel();
    for (const entityId of ['before-bad', 'bad\0', 'after-bad']) send(channel, entityId);
    await kept('before-bad');
    await kept('after-bad');
  });

  it('names the thing as it was called, where it may be told', async () => {
    await tell('named', { entityName: 'Café moulu' });
    await kept('named');
    expect((await log({ entityId: 'named' })).nodes).toMatchObject([{ entityName: 'Café moulu' }]);
    await kept('told');
    expect((await log({ entityId: 'told' })).nodes).toMatchObject([{ entityName: null }]);
  });

  it('of accounts itself comes the same way', async () => {
    await test.ask(admin, 'mutation { createRole(input: { name: "Vu", grants: [CLERK] }) { __typename } }');
    await vi.waitFor(
      async () =>
        expect((await log({ action: 'role.created' })).nodes).toMatchObject([{ entityName: 'Vu', summary: 'Role Vu was created' }]),
      patiently,
    );
  });
});

describe('an entry that is older than entries are kept', () => {
  it('is deleted, and one that is younger is not', async () => {
    const insert = (entityId: string, age: string) =>
      test.database.query(
        `INSERT INTO audit_entry (occurred_at, actor_id, actor_name, action, entity_type, entity_id, store_ids, summary, changes)
         SELECT now() - $2::interval, 'a', 'a', 'order.deleted', 'order', $1, '{}', '', '[]' FROM generate_series(1, 3)`,
        [entityId, age],
      );
    await insert('old', '31 days');
    await insert('young', '29 days');
    const sweeper = createAuditSweeper({ days: 30, intervalMs: 60_000 }, { database: test.database, log: testLog() });
    await sweeper.start();
    await kept('old', 0);
    await sweeper.stop();
    await kept('young', 3);
    await kept('told');
  });
});

describe('the audit log', () => {
  it('is filtered by actor, entity, action and time, newest first, by pages', async () => {
    const actor = { ...admin, consumerId: 'filter-actor' };
    for (let n = 1; n <= 5; n++)
      await tell(`filter-${n}`, { actor, action: n % 2 === 0 ? 'stock.counted' : 'stock.adjusted', entityType: 'stock_test' });
    await kept('filter-5');
    await vi.waitFor(async () => expect((await log({ actorId: 'filter-actor' })).totalCount).toBe(5), patiently);
    const ids = async (filter: object) => (await log(filter)).nodes.map(({ entityId }: { entityId: string }) => entityId);
    expect(await ids({ actorId: 'filter-actor' })).toEqual([5, 4, 3, 2, 1].map((n) => `filter-${n}`));
    expect(await ids({ entityType: 'stock_test', action: 'stock.counted' })).toEqual(['filter-4', 'filter-2']);
    expect(await ids({ entityType: 'stock_test', action: 'stock.' })).toHaveLength(5);
    expect(await ids({ entityType: 'stock_test', action: 'stock' })).toEqual([]);
    expect(await ids({ actorId: 'nul\0' })).toEqual([]);
    const [, , third] = (await log({ actorId: 'filter-actor' })).nodes;
    expect(await ids({ actorId: 'filter-actor', since: third.at })).toContain('filter-5');
    expect(await ids({ actorId: 'filter-actor', until: third.at })).not.toContain('filter-5');

    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { nodes, pageInfo } = await log({ actorId: 'filter-actor' }, admin, `first: 2${after && `, after: "${after}"`}`);
      seen.push(...nodes.map(({ entityId }: { entityId: string }) => entityId));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map((n) => `filter-${n}`));
  });

  it('is an administrator’s, and of the own places a manager’s', async () => {
    await tell('place-1', { storeIds: ['1'] });
    await tell('place-3', { storeIds: ['3'] });
    await tell('place-none');
    await kept('place-none');
    await vi.waitFor(async () => expect((await log({ entityId: 'place-3' })).totalCount).toBe(1), patiently);
    const seen = async (as: Principal) => {
      const found = await Promise.all(
        ['place-1', 'place-3', 'place-none'].map(async (entityId) => (await log({ entityId }, as))?.totalCount),
      );
      return found;
    };
    expect(await seen(admin)).toEqual([1, 1, 1]);
    expect(await seen(withRoles(['MANAGER'], ['1', '2']))).toEqual([1, 0, 0]);
    expect(await seen(withRoles(['MANAGER'], []))).toEqual([0, 0, 0]);
    expect(await seen(withRoles(['MANAGER']))).toEqual([1, 1, 0]);
    for (const role of ['CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'] as const) {
      expect(await seen(withRoles([role], ['1'])), role).toEqual([undefined, undefined, undefined]);
      expect(mayReadEntry(withRoles([role]), ['1'])).toBe(false);
    }
  });

  it('is followed live with the same rights', async () => {
    const follow = (as: Principal, argument = '') => {
      const client = createClient({
        url: test.url().replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { principal: signPrincipal(as, secret) },
        retryAttempts: 0,
      });
      const events: { auditRecorded: { entityId: string; actor: { name: string } } }[] = [];
      const errors: unknown[] = [];
      client.subscribe(
        { query: `subscription { auditRecorded${argument} { entityId actor { name } } }` },
        {
          next: ({ data, errors: refused }) => void (refused ? errors.push(...refused) : events.push(data as never)),
          error: (error) => void errors.push(error),
          complete: () => undefined,
        },
      );
      const live = () => events.map(({ auditRecorded }) => auditRecorded.entityId).filter((id) => id.startsWith('live-'));
      return { live, events, errors, dispose: () => client.dispose() };
    };
    const all = follow(admin);
    const own = follow(withRoles(['MANAGER'], ['1']));
    const orders = follow(admin, '(entityType: "order")');
    await vi.waitFor(async () => {
      const subscribers = await test.metrics.registry.getSingleMetric('feed_subscribers')?.get();
      expect(subscribers?.values[0]?.value).toBe(3);
    }, patiently);
    await tell('live-1', { storeIds: ['1'] });
    await vi.waitFor(() => expect(all.live()).toHaveLength(1), patiently);
    await tell('live-2', { storeIds: ['2'] });
    await vi.waitFor(() => expect(all.live()).toHaveLength(2), patiently);
    await tell('live-3', { entityType: 'order', storeIds: ['1'] });
    await vi.waitFor(() => expect(all.live()).toEqual(['live-1', 'live-2', 'live-3']), patiently);
    await vi.waitFor(() => expect(own.live()).toEqual(['live-1', 'live-3']), patiently);
    await vi.waitFor(() => expect(orders.live()).toEqual(['live-3']), patiently);
    expect(all.events.at(-1)?.auditRecorded.actor).toEqual({ name: 'admin-user' });

    const clerk = follow(withRoles(['CLERK'], ['1']));
    await vi.waitFor(() => expect(JSON.stringify(clerk.errors)).toContain('FORBIDDEN'), patiently);
    expect(clerk.events).toEqual([]);
    await Promise.all([all, own, orders, clerk].map((follower) => follower.dispose()));
  });
});
