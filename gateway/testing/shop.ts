import { composeServices } from '@apollo/composition';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { GraphQLError, parse } from 'graphql';
import type { GatewayConfig } from '../config.ts';
import { createGateway, type Gateway } from '../service.ts';
import { type Channel, createChannel } from './channel.ts';
import { startTestSubgraph, type TestSubgraph, testSecret } from './subgraph.ts';

const shared = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://comptoir.example/snapshot/v1.0", import: ["@snapshot"])
  @link(url: "https://comptoir.example/public/v1.0", import: ["@public"])
  @composeDirective(name: "@snapshot")
  @composeDirective(name: "@public")
directive @snapshot on FIELD_DEFINITION
directive @public on FIELD_DEFINITION
`;

const eventsSdl = `${shared}
type Product @key(fields: "sku", resolvable: false) { sku: ID! }
type User @key(fields: "id", resolvable: false) { id: ID! }
type Sale @key(fields: "id") { id: ID! quantity: Int! note: String strict: String! product: Product! seller: User buyers: [User!]! }
type Login { user: User! at: String! }
union Activity = Sale | Login
type Level { value: Int! keeper: User padding: String }
type Query { events: Int! }
type Subscription {
  sold(store: ID): Sale!
  maybeSold: Sale
  activity: Activity!
  level: Level! @snapshot
  flood: Level!
  refused: Int!
  restarting: Sale!
}
`;

const productsSdl = `${shared}
type Product @key(fields: "sku") { sku: ID! name: String! price: Int madeBy: User }
type User @key(fields: "id", resolvable: false) { id: ID! }
type Query { products: [Product!]! secretive: String stall: String }
type Mutation { rename(sku: ID!, name: String!): Product }
`;

const usersSdl = `${shared}
type User @key(fields: "id") { id: ID! name: String! email: String }
type Limits { perMinute: Int! perHour: Int! }
type Store { id: ID! }
type Consumer { id: ID! name: String! roles: [String!]! stores: [Store!] limits: Limits! }
type Query {
  me: String
  consumerByApiKey(key: String!): Consumer @inaccessible
  consumerBySession(id: ID!): Consumer @inaccessible
}
type Mutation { login(name: String!): String @public logout: String @public changeName: String }
`;

export interface TestSale {
  id: string;
  quantity: number;
  note?: string | Error;
  strict?: string | null;
  sku?: string;
  seller?: string | null;
  buyers?: string[];
}

/** Three subgraphs, a gateway before them, and the events a test makes happen. */
export interface TestShop extends AsyncDisposable {
  readonly gateway: Gateway;
  url(): string;
  wsUrl(): string;
  readonly supergraphSdl: string;
  readonly events: TestSubgraph;
  readonly products: TestSubgraph;
  readonly users: TestSubgraph;
  readonly sold: Channel<TestSale>;
  readonly activity: Channel<object>;
  readonly level: Channel<{ value: number; keeper?: string; padding?: string }>;
  readonly flood: Channel<{ value: number; padding?: string }>;
  /** Holds answers of the users subgraph back until the promise resolves. */
  usersGate: Promise<void> | undefined;
  /** The value of a metric, summed over the labels that are not named. */
  metric(name: string, labels?: Record<string, string>): Promise<number>;
}

export const keys: Record<string, object> = {
  'admin-key': { id: 'c1', name: 'admin', roles: ['ADMIN'], limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'other-admin-key': { id: 'c2', name: 'other', roles: ['ADMIN'], limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'clerk-key': { id: 'c3', name: 'clerk', roles: ['CLERK'], limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'integration-key': { id: 'c5', name: 'integration', roles: ['INTEGRATION'], limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'few-key': { id: 'c4', name: 'few', roles: ['ADMIN'], limits: { perMinute: 5, perHour: 1_000_000 } },
};

/** The members of staff that are signed in, by the ids of their sessions. */
export const sessions = new Map<string, object>();

/** @param log where the gateway's lines go; by default nowhere. */
export async function startTestShop(
  overrides: Partial<GatewayConfig> = {},
  log = createLog({ service: 'gateway', level: process.env.TEST_LOG ?? 'silent' }),
): Promise<TestShop> {
  const sold = createChannel<TestSale>();
  const activity = createChannel<object>();
  const level = createChannel<{ value: number; keeper?: string; padding?: string }>();
  const flood = createChannel<{ value: number; padding?: string }>();
  let restarts = 0;
  let lastLevel: { value: number } = { value: 0 };

  const user = (id: string | null | undefined) => (id ? { __typename: 'User', id } : null);
  const sale = (event: TestSale) => ({
    __typename: 'Sale',
    id: event.id,
    quantity: event.quantity,
    note: () => {
      if (event.note instanceof Error) throw event.note;
      return event.note ?? null;
    },
    strict: event.strict === undefined ? 'strict' : event.strict,
    product: { __typename: 'Product', sku: event.sku ?? 'A' },
    seller: user(event.seller),
    buyers: (event.buyers ?? []).map(user),
  });

  const events = await startTestSubgraph({
    name: 'events',
    typeDefs: eventsSdl,
    resolvers: {
      Query: { events: () => 1 },
      Subscription: {
        sold: { subscribe: () => sold.listen(), resolve: sale },
        maybeSold: { subscribe: () => sold.listen(), resolve: (event: TestSale) => (event.quantity < 0 ? null : sale(event)) },
        activity: { subscribe: () => activity.listen(), resolve: (event: object) => event },
        level: {
          subscribe: () => level.listen(lastLevel),
          resolve: (event: { keeper?: string }) => ({ ...event, keeper: user(event.keeper) }),
        },
        flood: { subscribe: () => flood.listen(), resolve: (event: object) => event },
        restarting: {
          subscribe: () => {
            if (restarts++ % 2 === 0) throw new GraphQLError('stopping', { extensions: { code: 'SHUTTING_DOWN' } });
            return sold.listen();
          },
          resolve: sale,
        },
        refused: {
          subscribe: () => {
            throw new Error('refused by the subgraph');
          },
        },
      },
    },
  });
  const emitLevel = level.emit;
  level.emit = (event) => {
    lastLevel = event;
    emitLevel(event);
  };

  const products = await startTestSubgraph({
    name: 'products',
    typeDefs: productsSdl,
    resolvers: {
      Query: {
        products: () => [{ sku: 'A' }, { sku: 'B' }],
        secretive: () => {
          throw Object.assign(new Error('password is hunter2'), { extensions: { code: 'DATABASE_ERROR', sql: 'select' } });
        },
        stall: () => new Promise(() => undefined),
      },
      Mutation: { rename: (_: unknown, { sku, name }: { sku: string; name: string }) => ({ sku, name }) },
      Product: {
        __resolveReference: ({ sku }: { sku: string }) => {
          if (sku === 'broken') throw Object.assign(new Error('no such shelf'), { extensions: { code: 'NOT_FOUND', shelf: 7 } });
          return { sku };
        },
        name: ({ sku, name }: { sku: string; name?: string }) => name ?? (sku === 'nameless' ? null : `Product ${sku}`),
        price: ({ sku }: { sku: string }) => sku.length * 100,
        madeBy: () => ({ id: 'u9' }),
      },
    },
  });

  const users = await startTestSubgraph({
    name: 'users',
    typeDefs: usersSdl,
    resolvers: {
      Query: {
        me: (_: unknown, __: unknown, { principal }: { principal: { consumerId: string } }) => principal.consumerId,
        consumerByApiKey: (_: unknown, { key }: { key: string }) => keys[key] ?? null,
        consumerBySession: (_: unknown, { id }: { id: string }) => sessions.get(id) ?? null,
      },
      Mutation: {
        login: (_: unknown, { name }: { name: string }, { principal }: { principal: Principal }) =>
          `${name} as ${principal.consumerId} with ${principal.roles.length} roles`,
        logout: () => 'bye',
        changeName: () => 'changed',
      },
      User: {
        __resolveReference: async ({ id }: { id: string }) => {
          await shop.usersGate;
          return id === 'unknown' ? null : { id };
        },
        name: ({ id }: { id: string }) => `User ${id}`,
        email: ({ id }: { id: string }) => `${id}@example.com`,
      },
    },
  });

  const subgraphs = [events, products, users];
  const composed = composeServices(
    subgraphs.map((subgraph) => ({ name: subgraph.name, url: subgraph.url(), typeDefs: parse(subgraph.typeDefs) })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, 'the test subgraphs do not compose');
  const metrics = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  const gateway = createGateway(
    {
      host: '127.0.0.1',
      port: 0,
      secret: testSecret,
      supergraphSdl: composed.supergraphSdl,
      subgraphUrls: developmentUrls,
      auth: true,
      production: false,
      demo: false,
      webRoot: 'no-such-folder',
      ...overrides,
    },
    { log, metrics, health: createHealth() },
  );
  const shop: TestShop = {
    gateway,
    url: () => gateway.url(),
    wsUrl: () => `${gateway.url().replace('http', 'ws')}/graphql`,
    supergraphSdl: composed.supergraphSdl,
    events,
    products,
    users,
    sold,
    activity,
    level,
    flood,
    usersGate: undefined,
    async metric(name, labels = {}) {
      const found = (await metrics.registry.getMetricsAsJSON()).find((metric) => metric.name === name);
      const values = (found?.values ?? []) as { value: number; labels: Record<string, unknown> }[];
      return values
        .filter((value) => Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted))
        .reduce((sum, { value }) => sum + value, 0);
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await Promise.all(subgraphs.map((subgraph) => subgraph[Symbol.asyncDispose]()));
    },
  };
  try {
    await gateway.start();
  } catch (error) {
    await shop[Symbol.asyncDispose]();
    throw error;
  }
  return shop;
}
