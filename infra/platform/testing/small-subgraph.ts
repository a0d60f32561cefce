import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ComptoirError } from '../errors.ts';
import { createHealth } from '../health.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { type Principal, principalHeader, type Role, signPrincipal } from '../principal.ts';
import { createSubgraphOf, type OperationScope, type SubgraphConfig } from '../subgraph.ts';

export const secret = 'a secret of some length';
const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  directive @allow(roles: [Role!]!) on FIELD_DEFINITION
  enum Role { ADMIN MANAGER CLERK WAREHOUSE ANALYST DEVICE INTEGRATION }
  scalar DateTime
  interface Priced { cost: Int @allow(roles: [MANAGER]) }
  type Item implements Priced @key(fields: "id") { id: ID! cost: Int secretName: String! @allow(roles: [ADMIN, MANAGER]) }
  input LineInput { quantity: Int! at: DateTime }
  type Query {
    me: String!
    item: Item!
    contexts: Int!
    waits: String!
    fails: Int
    taken: Int
    staff: String @allow(roles: [ADMIN])
    add(lines: [LineInput!]!): Int!
  }
  type Mutation { clear: Boolean! @allow(roles: [ADMIN]) touch: Boolean! }
  type Subscription { ticks: Tick! staffTicks: Tick! @allow(roles: [ADMIN]) never: Tick! breaks: Tick! fails: Tick! }
  type Tick { context: Int! secret: Int @allow(roles: [ADMIN]) fails: Int }
`);

export interface Context extends AsyncDisposable, OperationScope {
  readonly number: number;
}

/** A subgraph of a small schema, and hands to pull what its resolvers do. */
export async function startSubgraph(more: Partial<SubgraphConfig<Context>> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'test', level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const metrics = createMetrics({ service: 'test', instanceId: 'i1', processMetrics: false });
  const opened: Context[] = [];
  const disposed: number[] = [];
  const sources: { emit(value: object): void; fail(error: Error): void; returned: boolean; signal: AbortSignal }[] = [];
  const waiting = Promise.withResolvers<AbortSignal>();
  const release = Promise.withResolvers<string>();

  function source(field: string) {
    return (_: unknown, __: unknown, { signal }: Context): AsyncIterableIterator<object> => {
      const queue: object[] = [];
      let wanted: PromiseWithResolvers<IteratorResult<object>> | null = null;
      const self = {
        signal,
        returned: false,
        emit(value: object) {
          const event = { [field]: value };
          if (wanted) wanted.resolve({ done: false, value: event });
          else queue.push(event);
          wanted = null;
        },
        fail: (error: Error) => wanted?.reject(error),
      };
      sources.push(self);
      return {
        async next() {
          const value = queue.shift();
          if (value) return { done: false, value };
          wanted = Promise.withResolvers();
          return wanted.promise;
        },
        async return() {
          self.returned = true;
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    };
  }

  const subgraph = createSubgraphOf<Context>(typeDefs, {
    name: 'test',
    host: '127.0.0.1',
    port: 0,
    secret,
    log,
    metrics,
    health: createHealth(),
    context(scope) {
      const number = opened.length + 1;
      const context = { ...scope, number, [Symbol.asyncDispose]: async () => void disposed.push(number) };
      opened.push(context);
      return context;
    },
    resolvers: {
      Query: {
        me: (_: unknown, __: unknown, { principal }: Context) => principal.name,
        item: () => ({ id: '1', cost: 5, secretName: 'x' }),
        contexts: (_: unknown, __: unknown, { number }: Context) => number,
        waits(_: unknown, __: unknown, { signal }: Context) {
          waiting.resolve(signal);
          return release.promise;
        },
        fails: () => {
          throw new Error('password of db is hunter2');
        },
        taken: () => {
          throw new ComptoirError('CONFLICT', 'taken');
        },
        staff: () => 'staff',
        add: (_: unknown, { lines }: { lines: { quantity: number }[] }) => lines.length,
      },
      Mutation: { clear: () => true, touch: () => true },
      Item: { __resolveReference: ({ id }: { id: string }) => ({ id, cost: 5, secretName: 'x' }) },
      Tick: {
        context: (_: unknown, __: unknown, { number }: Context) => number,
        secret: () => 42,
        fails: () => {
          throw new Error('password of db is hunter2');
        },
      },
      Subscription: {
        ticks: { subscribe: source('ticks') },
        staffTicks: { subscribe: source('staffTicks') },
        never: { subscribe: source('never') },
        breaks: { subscribe: source('breaks') },
        fails: {
          subscribe: () => {
            throw new Error('password of db is hunter2');
          },
        },
      },
    },
    ...more,
  });
  await subgraph.start().catch(async (error: unknown) => {
    await subgraph.stop();
    throw error;
  });

  const principal = (roles: readonly Role[] = ['ADMIN']): Principal => ({ consumerId: 'c1', name: 'somebody', roles, stores: null });
  const post = (body: unknown, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(subgraph.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
  const signed = (roles?: readonly Role[]) => ({ [principalHeader]: signPrincipal(principal(roles), secret) });
  const query = async (query: string, { roles, variables }: { roles?: readonly Role[]; variables?: object } = {}) => {
    const answer = await post({ query, variables }, signed(roles));
    return { status: answer.status, ...((await answer.json()) as { data?: Record<string, unknown>; errors?: GraphQLErrorJson[] }) };
  };
  const clients: { dispose(): void | Promise<void> }[] = [];
  const client = (
    roles?: readonly Role[],
    connectionParams: object | undefined = { principal: signPrincipal(principal(roles), secret) },
  ) => {
    const closed = Promise.withResolvers<CloseEvent>();
    const created = createClient({
      url: subgraph.url().replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: connectionParams as Record<string, unknown>,
      retryAttempts: 0,
      on: { closed: (event) => closed.resolve(event as CloseEvent) },
    });
    clients.push(created);
    return Object.assign(created, { closed: closed.promise });
  };
  const metric = async (name: string) =>
    (await metrics.registry.getSingleMetricAsString(name)).split('\n').filter((line) => !line.startsWith('#'));

  return {
    subgraph,
    lines,
    opened,
    disposed,
    sources,
    post,
    signed,
    query,
    client,
    metric,
    waiting: waiting.promise,
    release: release.resolve,
    async [Symbol.asyncDispose]() {
      release.resolve('released');
      for (const each of clients) await each.dispose();
      await subgraph.stop();
    },
  };
}

export interface GraphQLErrorJson {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; reference?: string; faults?: { path: (string | number)[]; message: string }[] };
}

/** Subscribes and keeps what comes. */
export function watch(client: ReturnType<typeof createClient>, query: string) {
  const results: { data?: Record<string, unknown> | null; errors?: GraphQLErrorJson[] }[] = [];
  const ended = Promise.withResolvers<unknown>();
  const leave = client.subscribe(
    { query },
    {
      next: (result) => void results.push(result as never),
      error: (error) => ended.resolve(error),
      complete: () => ended.resolve('complete'),
    },
  );
  return { results, ended: ended.promise, leave };
}
