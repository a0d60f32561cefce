/** The peer: graphql-ws as it comes, without federation, the same fields answered by itself. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createTicker, type Tick } from './ticker.ts';

const ticker = createTicker();
const schema = buildSchema(`
  type Query { lastTick: Int }
  type User { id: ID! name: String! city: String! }
  type Product { id: ID! name: String! price: Float! }
  type Tick { n: Int! at: Float! buyer: User! product: Product! }
  type Subscription { tick(shard: Int): Tick! }`);
const field = schema.getSubscriptionType()?.getFields().tick;
if (!field) throw new Error('the schema has no tick');
field.subscribe = () => ticker.subscribe();
field.resolve = ({ n, at }: Tick) => ({
  n,
  at,
  buyer: { id: `u${n % 50}`, name: `User u${n % 50}`, city: 'Lyon' },
  product: { id: `p${n % 50}`, name: `Product p${n % 50}`, price: 12.5 },
});

const server = createServer();
useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
server.listen({ host: '127.0.0.1', port: 0, backlog: 8_192 });
await once(server, 'listening');

process.on('message', (message: { type: string; events?: number }) => {
  if (message.type !== 'ask') return;
  if (message.events) ticker.emit(message.events);
  process.send?.({ type: 'answer', subscribers: ticker.subscribers() });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready', url: `ws://127.0.0.1:${(server.address() as { port: number }).port}/graphql` });
