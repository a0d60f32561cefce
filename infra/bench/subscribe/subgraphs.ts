/** Three subgraphs in one process, with nothing of ours in them: ticks (the events), users, products. */

import { composeServices } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createTicker } from './ticker.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n';
const ticker = createTicker();
const calls = { users: 0, products: 0 };

const subgraphs = {
  ticks: {
    sdl: `${link}
      type Query { lastTick: Int }
      type Tick { n: Int! at: Float! buyer: User! product: Product! }
      type User @key(fields: "id", resolvable: false) { id: ID! }
      type Product @key(fields: "id", resolvable: false) { id: ID! }
      type Subscription { tick(shard: Int): Tick! }`,
    resolvers: {
      Query: { lastTick: () => 0 },
      Subscription: {
        tick: {
          subscribe: () => ticker.subscribe(),
          resolve: ({ n, at }: { n: number; at: number }) => ({ n, at, buyer: { id: `u${n % 50}` }, product: { id: `p${n % 50}` } }),
        },
      },
    },
  },
  users: {
    sdl: `${link} type Query { users: [User!]! } type User @key(fields: "id") { id: ID! name: String! city: String! }`,
    resolvers: {
      Query: { users: () => [] },
      User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `User ${id}`, city: 'Lyon' }) },
    },
  },
  products: {
    sdl: `${link} type Query { products: [Product!]! } type Product @key(fields: "id") { id: ID! name: String! price: Float! }`,
    resolvers: {
      Query: { products: () => [] },
      Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Product ${id}`, price: 12.5 }) },
    },
  },
};

const services = [];
for (const [name, { sdl, resolvers }] of Object.entries(subgraphs)) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const app = Fastify();
  const server = new ApolloServer({ schema });
  await server.start();
  if (name !== 'ticks') app.addHook('onRequest', async () => void calls[name as keyof typeof calls]++);
  await app.register(fastifyApollo(server));
  await app.listen({ host: '127.0.0.1', port: 0 });
  if (name === 'ticks') useServer({ schema }, new WebSocketServer({ server: app.server, path: '/graphql' }));
  const { port } = app.server.address() as { port: number };
  services.push({ name, url: `http://127.0.0.1:${port}/graphql`, typeDefs: parse(sdl) });
}
const { supergraphSdl, errors } = composeServices(services);
if (!supergraphSdl) throw new Error(String(errors));

process.on('message', (message: { type: string; events?: number }) => {
  if (message.type !== 'ask') return;
  if (message.events) ticker.emit(message.events);
  process.send?.({ type: 'answer', calls: { ...calls }, subscribers: ticker.subscribers() });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready', supergraphSdl });
