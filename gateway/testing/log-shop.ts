import { composeServices } from '@apollo/composition';
import { createFeed, type FeedEvent } from '@comptoir/platform/feed.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { createRelay } from '@comptoir/platform/relay.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import { stated } from '@comptoir/platform/stated.ts';
import { createSubgraphOf } from '@comptoir/platform/subgraph.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { calculated, noBroker } from '@comptoir/platform/testing/event-log.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { createChannel } from './channel.ts';
import { eventually } from './eventually.ts';
import { keys } from './shop.ts';
import { startTestSubgraph, type TestSubgraph, testSecret } from './subgraph.ts';

const head = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://comptoir.example/snapshot/v1.0", import: ["@snapshot"])
  @composeDirective(name: "@snapshot")
directive @snapshot on FIELD_DEFINITION
`;
/** In the first version of the supergraph only the names know the nick, in the next the log tells it with the event. */
const logSdlOf = (nick: string) => `${head}
type Worker @key(fields: "id", resolvable: false) { id: ID! ${nick} }
type Done { id: ID! worker: Worker! }
type Total { count: Int! open: Boolean! }
type Query { log: Int }
type Subscription { done(worker: ID): Done! total: Total! @snapshot }
`;
const logSdl = logSdlOf('nick: String! @shareable');
const namesSdl = `${head}
type Worker @key(fields: "id") { id: ID! name: String! nick: String! @shareable }
type Limits { perMinute: Int! perHour: Int! }
type Consumer { id: ID! name: String! roles: [String!]! limits: Limits! }
type Query { names: Int consumerByApiKey(key: String!): Consumer @inaccessible }
`;

export interface Total {
  readonly count: number;
  readonly open: boolean;
}

/** A subgraph as ours are: its events come from the log in its database. A second one names the workers, and knows the keys. */
export interface LogShop extends AsyncDisposable {
  readonly supergraphSdl: string;
  /** The next version: the log tells the nick of a worker itself. */
  readonly nextSupergraphSdl: string;
  readonly names: TestSubgraph;
  /** Writes events with these ids, each in the order given. */
  append(ids: readonly string[]): Promise<void>;
  /** Ends with the first total that is not open. */
  setTotal(total: Total): void;
  /** Forgets the log as it does with what is old. */
  purge(): Promise<void>;
  /** Stops the subgraph in order, or starts it again at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Subscriptions that were begun at the subgraph since its start. */
  begun(): Promise<number>;
}

export async function startLogShop(): Promise<LogShop> {
  const server = await createTestDatabase();
  const port = await freePort();
  const log = testLog();
  const totals = createChannel<Total>();
  let total: Total = { count: 0, open: true };
  const database = await server.open();
  let running: Service | undefined;
  let metrics = createMetrics({ service: 'log', instanceId: 'test', processMetrics: false });

  async function start(): Promise<void> {
    metrics = createMetrics({ service: 'log', instanceId: 'test', processMetrics: false });
    const own = { database, log };
    const feed = createFeed({ service: 'log', pollMs: 20 }, { ...own, metrics });
    const subgraph = createSubgraphOf(parse(logSdl), {
      name: 'log',
      host: '127.0.0.1',
      port,
      secret: testSecret,
      log,
      metrics,
      health: createHealth(),
      context: (scope) => ({ ...scope }),
      resolvers: {
        Query: { log: () => 1 },
        Subscription: {
          done: {
            subscribe: (_: unknown, { worker }: { worker?: string }, context: object) =>
              feed.subscribe({
                types: ['calcul.completed'],
                filter: ({ payload }) => !worker || payload.worker_id === worker,
                start: startOf(context),
              }),
            resolve: ({ payload }: FeedEvent<'calcul.completed'>) => ({
              id: payload.result_id,
              worker: { id: payload.worker_id, nick: 'Nick of the log' },
            }),
          },
          total: {
            subscribe: (_: unknown, __: unknown, context: object) => stated(untilClosed(), JSON.stringify, startOf(context)),
            resolve: ({ value }: { value: Total }) => value,
          },
        },
      },
    });
    running = createServiceGroup('log', [createRelay({ service: 'log', pollMs: 20 }, { ...own, link: noBroker }), feed, subgraph]);
    await running.start();
  }

  function untilClosed() {
    const states = totals.listen(total);
    let over = false;
    return {
      async next(): Promise<IteratorResult<Total>> {
        if (over) return { done: true, value: undefined };
        const state = await states.next();
        over = state.done === true || !state.value.open;
        return state as IteratorResult<Total>;
      },
      return: () => states.return(undefined) as Promise<IteratorResult<Total>>,
    };
  }

  await start();
  const names = await startTestSubgraph({
    name: 'names',
    typeDefs: namesSdl,
    resolvers: {
      Query: { consumerByApiKey: (_: unknown, { key }: { key: string }) => keys[key] ?? null },
      Worker: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Worker ${id}`, nick: 'Nick of the names' }) },
    },
  });
  const compose = (sdl: string) => {
    const composed = composeServices([
      { name: 'log', url: `http://127.0.0.1:${port}/graphql`, typeDefs: parse(sdl) },
      { name: 'names', url: names.url(), typeDefs: parse(namesSdl) },
    ]);
    if (composed.errors) throw new AggregateError(composed.errors, 'the test subgraphs do not compose');
    return composed.supergraphSdl;
  };

  return {
    supergraphSdl: compose(logSdlOf('')),
    nextSupergraphSdl: compose(logSdl),
    names,
    append: (ids) =>
      database.transaction((em) =>
        appendToOutbox(
          em,
          ids.map((id) => calculated(id, `w${id.length % 3}`)),
        ),
      ),
    setTotal(next) {
      total = next;
      totals.emit(next);
    },
    async purge() {
      // Once the relay has given each event its place.
      await eventually(async () => {
        expect(await database.query('SELECT FROM outbox WHERE position IS NULL')).toEqual([]);
      });
      await database.query('UPDATE outbox_head SET purged = position');
      await database.query('DELETE FROM outbox WHERE position IS NOT NULL');
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
    start,
    async begun() {
      const operations = await metrics.registry.getSingleMetric('graphql_operations_total')?.get();
      return (operations?.values ?? []).filter(({ labels }) => labels.type === 'subscription').reduce((sum, { value }) => sum + value, 0);
    },
    async [Symbol.asyncDispose]() {
      await running?.stop();
      await names[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
