import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { principalHeader, type Role, signPrincipal } from '@comptoir/platform/principal.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { customerDeletionsQueue, orderCustomersQueue } from '@comptoir/schema/topology.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { seedDemoCustomers } from './demo/seed.ts';
import { customerMigrations } from './migrations/customers.ts';
import { createCustomers } from './service.ts';

const secret = 'a secret of some length';

async function startCustomers() {
  const server = await createTestDatabase();
  const broker = await createTestBroker();
  const metrics = createMetrics({ service: 'customers', instanceId: 'test', processMetrics: false });
  const database = `${server.prefix}customers`;
  const customers = createCustomers(
    { host: '127.0.0.1', port: 0, databaseUrl: server.url, database, amqpUrl: broker.url, secret, production: false, demo: true },
    { log: testLog(), metrics, health: createHealth() },
  );
  await customers.start();
  const principal = (roles: readonly Role[]) => signPrincipal({ consumerId: 'c1', name: 'Camille', roles, stores: null }, secret);
  return {
    customers,
    broker,
    metrics,
    principal,
    database: await server.open({ service: 'customers', migrations: [...platformMigrations, ...customerMigrations] }),
    async ask(query: string, variables: object = {}, roles: readonly Role[] = ['CLERK']) {
      const answer = await fetch(customers.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: principal(roles) },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as {
        // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
        data: any;
        errors?: { message: string; extensions: { code: string; faults?: { path: unknown[] }[] } }[];
      };
    },
    async [Symbol.asyncDispose]() {
      await customers.stop();
      await broker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

let test: Awaited<ReturnType<typeof startCustomers>>;
beforeAll(async () => {
  test = await startCustomers();
});
afterAll(() => test[Symbol.asyncDispose]());

let number = 0;
const input = (more: object = {}) => ({ lastName: 'Essai', firstName: 'Ève', email: `essai${++number}@exemple.fr`, ...more });
const createDocument = `mutation($input: CreateCustomerInput!, $key: String) { createCustomer(input: $input, idempotencyKey: $key) {
  __typename ... on CustomerCreated { customer { id lastName firstName email phone active version createdAt } } ... on AlreadyTaken { field message } } }`;
const create = async (more: object = {}, key: string | null = null) =>
  (await test.ask(createDocument, { input: input(more), key })).data.createCustomer;
const update = async (id: string, input: object) =>
  (
    await test.ask(
      'mutation($id: ID!, $input: UpdateCustomerInput!) { updateCustomer(id: $id, input: $input) { __typename ... on CustomerUpdated { customer { lastName phone version } } } }',
      { id, input },
    )
  ).data.updateCustomer;
const told = async (id: string) =>
  (await test.database.query<{ type: string; payload: Record<string, unknown> }>('SELECT type, payload FROM outbox ORDER BY id')).filter(
    ({ payload }) => String(payload.client_id) === id,
  );

describe('a customer', () => {
  it('is created, with every field shown and an event', async () => {
    const { customer } = await create({ lastName: ' Noël ', phone: '06 39 98 00 01' });
    expect(customer).toMatchObject({ lastName: 'Noël', firstName: 'Ève', phone: '06 39 98 00 01', active: true, version: 1 });
    expect(Number(customer.id)).toBeGreaterThan(200);
    expect(await told(customer.id)).toMatchObject([
      {
        type: 'client.created',
        payload: { event: 'client_created', client_id: Number(customer.id), data: { nom: 'Noël', prenom: 'Ève', actif: true, version: 1 } },
      },
    ]);
  });

  it('has an e-mail address of its own, whatever its case, also for two at the same time', async () => {
    const email = 'Seul@Exemple.FR';
    const outcomes = await Promise.all([create({ email }), create({ email: email.toLowerCase() }), create({ email: email.toUpperCase() })]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['AlreadyTaken', 'AlreadyTaken', 'CustomerCreated']);
    const { customer } = await create();
    expect(await update(customer.id, { email: 'SEUL@exemple.fr' })).toEqual({ __typename: 'AlreadyTaken' });
    expect(await update(customer.id, { email: customer.email.toUpperCase() })).toMatchObject({ __typename: 'CustomerUpdated' });
  });

  it('is refused with every fault at once', async () => {
    const { errors } = await test.ask(createDocument, { input: { lastName: '', firstName: '', email: 'x', phone: 'y' }, key: '' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.extensions.faults?.map(({ path }) => path.at(-1))).toEqual([
      'lastName',
      'firstName',
      'email',
      'phone',
      'idempotencyKey',
    ]);
  });

  it('is created once for one key', async () => {
    const same = input();
    const ask = (more: object = {}) => test.ask(createDocument, { input: { ...same, ...more }, key: 'once' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ data }) => data.createCustomer.customer.id)).size).toBe(1);
    expect((await ask({ firstName: 'Adam' })).data.createCustomer.__typename).toBe('IdempotencyConflict');
  });

  it('is not created again by a key whose customer was deleted', async () => {
    const same = { input: input(), key: 'deleted' };
    const { customer } = (await test.ask(createDocument, same)).data.createCustomer;
    await test.ask('mutation($id: ID!) { deleteCustomer(id: $id) { __typename } }', customer, ['MANAGER']);
    const { data, errors } = await test.ask(createDocument, same);
    expect([data.createCustomer, errors]).toEqual([{ __typename: 'NotFound' }, undefined]);
  });

  it('is changed in what is given; an old version is refused, and what changes nothing is not told of', async () => {
    const { customer } = await create({ phone: '0102030405' });
    expect(await update(customer.id, { lastName: 'Neuf', phone: null, expectedVersion: 1 })).toMatchObject({
      customer: { lastName: 'Neuf', phone: null, version: 2 },
    });
    expect(await update(customer.id, { lastName: 'Autre', expectedVersion: 1 })).toEqual({ __typename: 'StaleValue' });
    expect(await update(customer.id, { lastName: 'Neuf' })).toMatchObject({ customer: { version: 2 } });
    expect(await update('99999', { lastName: 'X' })).toEqual({ __typename: 'NotFound' });
    expect((await told(customer.id)).map(({ type }) => type)).toEqual(['client.created', 'client.updated']);
  });

  it('is deleted once, by those who may, and told of with the id it had', async () => {
    const { customer } = await create();
    const document = 'mutation($id: ID!) { deleteCustomer(id: $id) { __typename ... on CustomerDeleted { id } } }';
    expect((await test.ask(document, customer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const answers = await Promise.all([1, 2].map(() => test.ask(document, customer, ['MANAGER'])));
    expect(answers.map(({ data }) => data.deleteCustomer.__typename).sort()).toEqual(['CustomerDeleted', 'NotFound']);
    expect((await test.ask('query($id: ID!) { customer(id: $id) { id } }', customer)).data.customer).toBeNull();
    expect((await told(customer.id)).at(-1)).toEqual({
      type: 'client.deleted',
      payload: { event: 'client_deleted', client_id: Number(customer.id), timestamp: expect.any(String) },
    });
  });
});

describe('the audit log', () => {
  const remove = (id: string) => test.ask('mutation($id: ID!) { deleteCustomer(id: $id) { __typename } }', { id }, ['MANAGER']);

  it('is told once of each change, in its transaction, and never who the customer is', async () => {
    const audit = followAudit(test.database);
    const told = await audit.during(async () => {
      const { customer } = await create({ lastName: 'Discret' });
      await update(customer.id, { phone: '0102030405' });
      await update(customer.id, { phone: '0102030405' });
      await update(customer.id, { phone: '0607080910', expectedVersion: 99 });
      await remove(customer.id);
      await remove(customer.id);
    });
    expect(told).toMatchObject([
      { action: 'customer.created', actor_id: 'c1', actor_name: 'Camille', changes: [] },
      { action: 'customer.updated', changes: [{ field: 'phone' }] },
      { action: 'customer.deleted' },
    ]);
    expect(new Set(told.map(({ entity_id }) => entity_id)).size).toBe(1);
    expect(JSON.stringify(told)).not.toMatch(/Discret|exemple\.fr|0102030405/);
  });

  it('that cannot be told leaves everything as it was', async () => {
    const { customer } = await create();
    const audit = followAudit(test.database);
    await audit.whileImpossible(async () => {
      for (const answer of [
        await test.ask(createDocument, { input: input({ lastName: 'Personne' }), key: null }),
        await test.ask('mutation($id: ID!) { updateCustomer(id: $id, input: { lastName: "Personne" }) { __typename } }', customer),
        await remove(customer.id),
      ])
        expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL');
    });
    expect(await test.database.query(`SELECT id FROM customer WHERE last_name = 'Personne'`)).toEqual([]);
    expect(await test.database.query('SELECT version FROM customer WHERE id = $1', [customer.id])).toEqual([{ version: 1 }]);
  });
});

describe('the customers of the demo', () => {
  it('are 200, made once, and their events wait for orders even though it never ran', async () => {
    const { data } = await test.ask(
      '{ a: customer(id: "1") { email } b: customer(id: "123") { email } c: customer(id: "99999") { email } d: customer(id: "x") { email } }',
    );
    expect(data).toMatchObject({
      a: { email: expect.stringContaining('@example.org') },
      b: { email: expect.any(String) },
      c: null,
      d: null,
    });
    await seedDemoCustomers(test.database, testLog());
    expect(await test.database.query('SELECT count(*)::int AS count FROM customer WHERE id <= 200')).toEqual([{ count: 200 }]);
    const channel = await test.broker.channel();
    await vi.waitFor(async () => expect((await channel.checkQueue(orderCustomersQueue)).messageCount).toBeGreaterThanOrEqual(200));
    await channel.checkQueue(customerDeletionsQueue);
  });
});

describe('the list of customers', () => {
  const search = async (text: string) =>
    (await test.ask('query($text: String) { customers(search: $text) { nodes { id firstName lastName } totalCount } }', { text })).data
      .customers;

  it.each(['Lefevre', 'LEFÈVRE', 'fèvre', '.lefevre'])('is searched without regard to case and accents: %s', async (text) => {
    const { nodes } = await search(text);
    expect(nodes[0]).toMatchObject({ lastName: 'Lefèvre' });
  });

  it('is searched by both names in either order, and by telephone in any writing', async () => {
    const [one] = await test.database.query<{ id: number; first_name: string; last_name: string; phone: string }>(
      'SELECT * FROM customer WHERE id = 17',
    );
    if (!one) throw new Error('no customer 17');
    for (const text of [`${one.last_name} ${one.first_name}`, `${one.first_name} ${one.last_name}`, one.phone.replaceAll(' ', '')]) {
      expect((await search(text)).nodes.map(({ id }: { id: string }) => id)).toContain('17');
    }
    expect(await search('100%')).toEqual({ nodes: [], totalCount: 0 });
  });

  it('shows every customer once, by name', async () => {
    const seen: { id: string; lastName: string }[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await test.ask(
        'query($after: String) { customers(first: 60, after: $after) { nodes { id lastName } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      seen.push(...data.customers.nodes);
      if (!data.customers.pageInfo.hasNextPage) break;
      after = data.customers.pageInfo.endCursor;
    }
    const [row] = await test.database.query<{ count: number }>('SELECT count(*)::int AS count FROM customer');
    expect([seen.length, new Set(seen.map(({ id }) => id)).size]).toEqual([row?.count, row?.count]);
    const keys = seen.map(({ lastName }) => lastName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    expect(keys).toEqual([...keys].sort());
    const { data } = await test.ask('{ customers(active: false, first: 5, offset: 2) { nodes { active } totalCount } }');
    expect(data.customers).toEqual({ nodes: Array(5).fill({ active: false }), totalCount: 8 });
  });
});

it('a subscription shows each change, of one customer where asked', async () => {
  const { customer } = await create();
  const client = createClient({
    url: test.customers.url().replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { principal: test.principal(['CLERK']) },
    retryAttempts: 0,
  });
  const events: unknown[] = [];
  const query = `subscription { customerChanged(id: "${customer.id}") { kind customerId customer { lastName } } }`;
  client.subscribe(
    { query },
    { next: ({ data }) => void events.push(data), error: (error) => void events.push(error), complete: () => undefined },
  );
  await vi.waitFor(async () => {
    const subscribers = await test.metrics.registry.getSingleMetric('feed_subscribers')?.get();
    expect(subscribers?.values[0]?.value).toBe(1);
  });
  await create();
  await update(customer.id, { lastName: 'Suivi' });
  const last = (kind: string) =>
    vi.waitFor(() => expect(events.at(-1)).toMatchObject({ customerChanged: { kind } }), { timeout: 15_000, interval: 25 });
  await last('UPDATED');
  await test.ask('mutation($id: ID!) { deleteCustomer(id: $id) { __typename } }', customer, ['ADMIN']);
  await last('DELETED');
  const customerId = customer.id;
  // The creation comes too, where its event was not yet in the log when the subscription began.
  expect(events.slice(-2)).toEqual([
    { customerChanged: { kind: 'UPDATED', customerId, customer: { lastName: 'Suivi' } } },
    { customerChanged: { kind: 'DELETED', customerId, customer: null } },
  ]);
  await client.dispose();
});
