import { composeServices } from '@apollo/composition';
import { subgraphSdl } from '@comptoir/schema/sdl.ts';
import { parse } from 'graphql';
import type { GatewayConfig } from '../config.ts';
import { startTestGateway, type TestGateway } from './gateway.ts';
import { startTestSubgraph, type TestSubgraph } from './subgraph.ts';

export interface TestProduct {
  id: string;
  name: string;
  priceMinor: number;
  available: number;
}

/** The catalogue's real SDL before a few products in memory, that a test changes as a saga would: past the gateways. */
export interface CachedShop extends AsyncDisposable {
  readonly products: Map<string, TestProduct>;
  readonly inventory: TestSubgraph;
  readonly supergraphSdl: string;
  /** Holds the catalogue's answers back until it resolves; they are of the moment before it is waited for. */
  gate: Promise<void> | undefined;
  /** A gateway before it; stopped in the end. */
  gateway(overrides?: Partial<GatewayConfig>): Promise<TestGateway>;
  /** The products are as at first, and nothing was asked yet. */
  reset(): void;
  /** How often the catalogue was asked for products. */
  reads(): number;
}

const consumers: Record<string, object> = Object.fromEntries(
  [
    { key: 'admin-key', roles: ['ADMIN'], stores: null },
    { key: 'other-admin-key', roles: ['ADMIN'], stores: null },
    { key: 'clerk-key', roles: ['CLERK'], stores: [{ id: '1' }] },
    { key: 'clerk-elsewhere-key', roles: ['CLERK'], stores: [{ id: '2' }] },
  ].map(({ key, roles, stores }) => [key, { id: key, name: key, roles, stores, limits: { perMinute: 100_000, perHour: 1_000_000 } }]),
);

const accountsSdl = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@inaccessible", "@key"])
type Limits { perMinute: Int! perHour: Int! }
type Place @key(fields: "id", resolvable: false) { id: ID! }
type Consumer { id: ID! name: String! roles: [String!]! stores: [Place!] limits: Limits! }
type Query { accounts: Int consumerByApiKey(key: String!): Consumer @inaccessible consumerBySession(id: ID!): Consumer @inaccessible }
`;

export async function startCachedShop(): Promise<CachedShop> {
  const products = new Map<string, TestProduct>();
  const gateways: TestGateway[] = [];
  const view = (product: TestProduct) => ({
    ...product,
    sku: `CAFE-${product.id}`,
    price: { amount: (product.priceMinor / 100).toFixed(2), minor: String(product.priceMinor), currency: 'EUR' },
    cost: { amount: '1.00', minor: '100', currency: 'EUR' },
    alertThreshold: 10,
    active: true,
    version: 1,
    stock: [],
  });
  const inventory = await startTestSubgraph({
    name: 'inventory',
    typeDefs: subgraphSdl('inventory'),
    resolvers: {
      Query: {
        async product(_: unknown, { id }: { id: string }) {
          const product = products.get(id);
          const answer = product ? view({ ...product }) : null;
          await shop.gate;
          return answer;
        },
        async products() {
          const nodes = [...products.values()].map((product) => view({ ...product }));
          await shop.gate;
          return { nodes, pageInfo: { hasNextPage: false }, totalCount: nodes.length };
        },
        suppliers: () => [],
      },
      Mutation: {
        updateProduct(_: unknown, { id, input }: { id: string; input: { name?: string; totalStock?: number } }) {
          const product = products.get(id);
          if (!product) return { __typename: 'NotFound', message: 'no', kind: 'product', id };
          product.name = input.name ?? product.name;
          product.available = input.totalStock ?? product.available;
          return { __typename: 'ProductUpdated', product: view(product) };
        },
      },
    },
  });
  const accounts = await startTestSubgraph({
    name: 'accounts',
    typeDefs: accountsSdl,
    resolvers: { Query: { consumerByApiKey: (_: unknown, { key }: { key: string }) => consumers[key] ?? null } },
  });
  const subgraphs = [inventory, accounts];
  const composed = composeServices(
    subgraphs.map((subgraph) => ({ name: subgraph.name, url: subgraph.url(), typeDefs: parse(subgraph.typeDefs) })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, 'the subgraphs of the shop do not compose');

  const shop: CachedShop = {
    products,
    inventory,
    supergraphSdl: composed.supergraphSdl,
    gate: undefined,
    async gateway(overrides = {}) {
      const gateway = await startTestGateway({ auth: true, supergraphSdl: composed.supergraphSdl, ...overrides });
      gateways.push(gateway);
      return gateway;
    },
    reset() {
      shop.gate = undefined;
      inventory.requests.length = 0;
      for (const id of ['5', '6']) products.set(id, { id, name: `Café ${id}`, priceMinor: 1_250, available: 40 });
    },
    reads: () => inventory.requests.filter(({ query }) => /products?\(/.test(query) && !query.startsWith('mutation')).length,
    async [Symbol.asyncDispose]() {
      await Promise.all(gateways.map((gateway) => gateway[Symbol.asyncDispose]()));
      await Promise.all(subgraphs.map((subgraph) => subgraph[Symbol.asyncDispose]()));
    },
  };
  shop.reset();
  return shop;
}
