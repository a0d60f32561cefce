import { setTimeout as after } from 'node:timers/promises';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ComptoirError } from './errors.ts';
import { createHealth } from './health.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { anonymousPrincipal, type Principal, principalHeader, type Role, signPrincipal } from './principal.ts';
import { createSubgraph, createSubgraphOf, type OperationScope, type SubgraphConfig } from './subgraph.ts';

const secret = 'a secret of some length';
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

interface Context extends AsyncDisposable, OperationScope {
  readonly number: number;
}

/** A subgraph of a small schema, and hands to pull what its resolvers do. */
async function startSubgraph(more: Partial<SubgraphConfig<Context>> = {}) {
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

  const principal = (roles: readonly Role[] = ['ADMIN']): Principal => ({ consumerId: 'c1', name: 'somebody', roles });
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

interface GraphQLErrorJson {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; reference?: string; faults?: { path: (string | number)[]; message: string }[] };
}

/** Subscribes and keeps what comes. */
function watch(client: ReturnType<typeof createClient>, query: string) {
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

describe('a caller that the gateway did not sign for', () => {
  it.each([
    ['no principal', {}],
    ['one of another secret', { [principalHeader]: signPrincipal(anonymousPrincipal, 'another secret of some length') }],
    ['one that is too old', { [principalHeader]: signPrincipal(anonymousPrincipal, secret, Date.now() - 61_000) }],
  ])('is refused over HTTP: %s', async (_what, headers) => {
    await using test = await startSubgraph();
    for (const query of ['{ me }', '{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      const answer = await test.post({ query }, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(test.opened).toEqual([]);
  });

  it('is refused over WebSocket with 4403', async () => {
    await using test = await startSubgraph();
    for (const params of [
      {},
      { principal: 'rubbish' },
      { principal: signPrincipal(anonymousPrincipal, 'another secret of some length') },
    ]) {
      const { ended } = watch(test.client([], params), 'subscription { ticks { context } }');
      expect(await ended).toMatchObject({ code: 4403 });
    }
  });

  it('is an administrator where there is no secret, and a warning says so once', async () => {
    await using test = await startSubgraph({ secret: null });
    const answers = await Promise.all([1, 2].map(async () => (await test.post({ query: '{ me staff }' })).json()));
    expect(answers[0]).toEqual({ data: { me: 'anonymous', staff: 'staff' } });
    expect(test.lines.filter(({ event, level }) => event === 'authentication_off' && level === 'warn')).toHaveLength(1);
  });
});

describe('@allow', () => {
  const fields = [
    ['{ staff }', ['staff']],
    ['mutation { clear }', ['clear']],
    ['{ item { secretName } }', ['item', 'secretName']],
    ['{ _entities(representations: [{ __typename: "Item", id: "1" }]) { ... on Item { secretName } } }', ['_entities', 0, 'secretName']],
  ] as const;

  it.each(fields)('lets an administrator have %s', async (query) => {
    await using test = await startSubgraph();
    expect((await test.query(query, { roles: ['CLERK', 'ADMIN'] })).errors).toBeUndefined();
  });

  it.each(fields)('refuses %s to a clerk and to one without roles', async (query, path) => {
    await using test = await startSubgraph();
    for (const roles of [['CLERK'], []] as const) {
      const { errors } = await test.query(query, { roles });
      expect(errors).toMatchObject([{ path, extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('of an interface holds for the types that implement it', async () => {
    await using test = await startSubgraph();
    expect((await test.query('{ item { cost } }', { roles: ['MANAGER'] })).data).toEqual({ item: { cost: 5 } });
    expect((await test.query('{ item { cost } }', { roles: ['CLERK'] })).data).toEqual({ item: { cost: null } });
  });

  it('refuses a subscription when it begins, before its source is opened', async () => {
    await using test = await startSubgraph();
    const { results, ended } = watch(test.client(['CLERK']), 'subscription { staffTicks { context } }');
    expect(await ended).toBe('complete');
    expect(results).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
    expect(test.sources).toEqual([]);
  });

  it('holds at every event of a subscription', async () => {
    await using test = await startSubgraph();
    const { results } = watch(test.client(['CLERK']), 'subscription { ticks { secret context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    test.sources[0]?.emit({});
    test.sources[0]?.emit({});
    await vi.waitFor(() => expect(results).toHaveLength(2));
    for (const result of results) {
      expect(result).toMatchObject({
        data: { ticks: { secret: null } },
        errors: [{ path: ['ticks', 'secret'], extensions: { code: 'FORBIDDEN' } }],
      });
    }
  });
});

describe('errors', () => {
  it('are masked over HTTP, with a reference that is in the log', async () => {
    await using test = await startSubgraph();
    const { status, data, errors } = await test.query('{ fails taken }');
    expect([status, data]).toEqual([200, { fails: null, taken: null }]);
    const [masked, taken] = errors ?? [];
    expect(masked).toMatchObject({ path: ['fails'], extensions: { code: 'INTERNAL' } });
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|\.ts:/);
    expect(taken).toMatchObject({ message: 'taken', extensions: { code: 'CONFLICT' } });
    expect(test.lines).toContainEqual(expect.objectContaining({ event: 'unexpected_error', reference: masked?.extensions.reference }));
  });

  it('are masked over WebSocket: when it begins, within an event, and from the source', async () => {
    await using test = await startSubgraph();
    const client = test.client();
    const begins = watch(client, 'subscription { fails { context } }');
    await begins.ended;
    const breaks = watch(client, 'subscription { breaks { fails } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    test.sources[0]?.emit({});
    await vi.waitFor(() => expect(breaks.results).toHaveLength(1));
    test.sources[0]?.fail(new Error('password of db is hunter2'));
    const end = (await breaks.ended) as GraphQLErrorJson[];
    expect(end).toMatchObject([{ extensions: { code: 'INTERNAL', reference: expect.any(String) } }]);
    const told = JSON.stringify([begins.results, breaks.results, end]);
    expect(told.match(/"INTERNAL"/g)).toHaveLength(3);
    expect(told).not.toMatch(/hunter2/);
  });

  it('name every fault of the variables', async () => {
    await using test = await startSubgraph();
    const variables = { lines: [{ quantity: 1.5 }, { quantity: 1, at: 'yesterday' }, { at: '2026-02-27T10:18:26Z', extra: 1 }] };
    const { status, errors } = await test.query('query ($lines: [LineInput!]!) { add(lines: $lines) }', { variables });
    expect(status).toBe(400);
    expect(errors?.flatMap(({ extensions }) => extensions.faults?.map(({ path }) => path.join('.')))).toEqual([
      'lines.0.quantity',
      'lines.1.at',
      'lines.2',
      'lines.2',
    ]);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('name every fault of the document', async () => {
    await using test = await startSubgraph();
    const { status, errors } = await test.query('{ add(lines: [{ quantity: "x" }]) nothing }');
    expect(status).toBe(400);
    expect(errors?.map(({ extensions }) => extensions.faults?.[0]?.path).sort()).toEqual([['add', 'lines', 0, 'quantity'], ['nothing']]);
  });

  it.each([
    ['{', 'BAD_REQUEST'],
    ['query A { me } query B { me }', 'BAD_REQUEST'],
    ['subscription { ticks { context } }', 'BAD_REQUEST'],
  ])('say of %s over HTTP: %s', async (query, code) => {
    await using test = await startSubgraph();
    expect(await test.query(query)).toMatchObject({ status: 400, errors: [{ extensions: { code } }] });
  });

  it('before GraphQL are in its form all the same', async () => {
    await using test = await startSubgraph();
    const malformed = await test.post('{"query": x}', test.signed());
    expect(malformed.status).toBe(400);
    expect(await malformed.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('position 10'), extensions: { code: 'BAD_REQUEST' } }],
    });
    const large = await test.post({ query: `{ me } #${'x'.repeat(1_100_000)}` }, test.signed());
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
  });

  it('of one operation leave the socket to the others', async () => {
    await using test = await startSubgraph();
    const client = test.client();
    const ticks = watch(client, 'subscription { ticks { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    // graphql-js throws on the third inside of its validation.
    const bad = ['subscription {', 'subscription { nothing }', 'subscription ($v: Boolean!) { ticks @include(if: $v) { context } }'];
    for (const query of bad) {
      const end = await watch(client, query).ended;
      expect(end).toMatchObject([{ extensions: { code: expect.stringMatching(/^BAD_/) } }]);
    }
    test.sources[0]?.emit({});
    await vi.waitFor(() => expect(ticks.results).toHaveLength(1));
  });
});

describe('in production', () => {
  it('nothing helps to guess the schema', async () => {
    await using test = await startSubgraph({ production: true });
    const guess = await test.query('{ stafff }');
    expect(guess.errors?.[0]?.message).not.toContain('Did you mean');
    const introspection = await test.query('{ __schema { types { name } } }');
    expect([introspection.status, introspection.data]).toEqual([400, undefined]);
    const overWebSocket = watch(test.client(), '{ __schema { types { name } } }');
    expect(await overWebSocket.ended).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect((await test.query('{ _service { sdl } }')).data).toMatchObject({ _service: { sdl: expect.stringContaining('type Item') } });
  });

  it('introspection is open in development', async () => {
    await using test = await startSubgraph();
    expect((await test.query('{ __schema { queryType { name } } }')).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });
});

describe('cross-site requests', () => {
  it('are refused', async () => {
    await using test = await startSubgraph();
    const form = await test.post('{"query":"{me}"}', { ...test.signed(), 'content-type': 'text/plain' });
    expect(form.status).toBe(400);
    const get = await fetch(`${test.subgraph.url()}?query={me}`, { headers: test.signed() });
    expect(get.status).toBe(400);
    const mutation = await fetch(`${test.subgraph.url()}?query=mutation{touch}`, {
      headers: { ...test.signed(), 'apollo-require-preflight': '1' },
    });
    expect(mutation.status).toBe(405);
  });
});

describe('a context', () => {
  it('is made for each request and disposed of after it', async () => {
    await using test = await startSubgraph();
    expect((await test.query('{ a: contexts b: contexts }')).data).toEqual({ a: 1, b: 1 });
    expect((await test.query('{ contexts }')).data).toEqual({ contexts: 2 });
    expect(test.disposed).toEqual([1, 2]);
  });

  it('is made for each event of a subscription and disposed of after it', async () => {
    await using test = await startSubgraph();
    const { results, leave, ended } = watch(test.client(), 'subscription { ticks { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    test.sources[0]?.emit({});
    test.sources[0]?.emit({});
    await vi.waitFor(() => expect(results).toEqual([{ data: { ticks: { context: 2 } } }, { data: { ticks: { context: 3 } } }]));
    expect(test.disposed).toEqual([2, 3]);
    leave();
    await ended;
    await vi.waitFor(() => expect(test.disposed).toEqual([2, 3, 1]));
  });

  it('knows when the client has left', async () => {
    await using test = await startSubgraph();
    const abort = new AbortController();
    const gone = expect(test.post({ query: '{ waits }' }, test.signed(), { signal: abort.signal })).rejects.toThrow();
    const signal = await test.waiting;
    expect(signal.aborted).toBe(false);
    abort.abort();
    await gone;
    await vi.waitFor(() => expect(signal.aborted).toBe(true));
    expect(test.disposed).toEqual([]);
    test.release('late');
    await vi.waitFor(() => expect(test.disposed).toEqual([1]));
  });

  it('of a query over WebSocket knows when the socket is gone', async () => {
    await using test = await startSubgraph();
    const client = test.client();
    watch(client, '{ waits }');
    const signal = await test.waiting;
    client.terminate();
    await vi.waitFor(() => expect(signal.aborted).toBe(true));
  });

  it('is not told that the client left when it was answered', async () => {
    await using test = await startSubgraph();
    await test.query('{ me }');
    expect(test.opened[0]?.signal.aborted).toBe(false);
  });
});

describe('a subscription', () => {
  it('that its client leaves is released at once, though its source is quiet', async () => {
    await using test = await startSubgraph();
    const { leave } = watch(test.client(), 'subscription { never { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    leave();
    await vi.waitFor(() => expect(test.sources[0]).toMatchObject({ returned: true, signal: { aborted: true } }));
  });

  it('is released when its socket dies without a word', async () => {
    await using test = await startSubgraph();
    const client = test.client();
    watch(client, 'subscription { never { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    client.terminate();
    await vi.waitFor(() => expect(test.sources[0]).toMatchObject({ returned: true, signal: { aborted: true } }));
  });

  it('is counted, with its events and its socket', async () => {
    await using test = await startSubgraph();
    const { results, leave } = watch(test.client(), 'subscription Watch { ticks { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    test.sources[0]?.emit({});
    await vi.waitFor(() => expect(results).toHaveLength(1));
    expect(await test.metric('graphql_subscriptions_active')).toEqual(['graphql_subscriptions_active 1']);
    expect(await test.metric('graphql_subscription_events_total')).toEqual(['graphql_subscription_events_total 1']);
    expect(await test.metric('graphql_operations_total')).toEqual([
      'graphql_operations_total{name="Watch",type="subscription",outcome="success"} 1',
    ]);
    expect(await test.metric('websocket_connections_active')).toEqual(['websocket_connections_active 1']);
    expect(await test.metric('websocket_messages_received_total')).toEqual(['websocket_messages_received_total 2']);
    expect(await test.metric('websocket_messages_sent_total')).toEqual(['websocket_messages_sent_total 2']);
    leave();
    await vi.waitFor(async () => expect(await test.metric('graphql_subscriptions_active')).toEqual(['graphql_subscriptions_active 0']));
    await vi.waitFor(async () => expect(await test.metric('websocket_connections_active')).toEqual(['websocket_connections_active 0']));
  });

  it('queries and mutations run over the same socket', async () => {
    await using test = await startSubgraph();
    const query = watch(test.client(), '{ me }');
    await query.ended;
    expect(query.results).toEqual([{ data: { me: 'somebody' } }]);
    const mutation = watch(test.client(['CLERK']), 'mutation { clear }');
    await mutation.ended;
    expect(mutation.results).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
    expect(test.disposed).toEqual([1, 2]);
  });
});

describe('operations', () => {
  it('are counted by name, type and outcome', async () => {
    await using test = await startSubgraph();
    await test.query('query Who { me }');
    await test.query('mutation Clear { clear }', { roles: ['CLERK'] });
    await test.query('{ fails }');
    expect((await test.metric('graphql_operations_total')).sort()).toEqual([
      'graphql_operations_total{name="Clear",type="mutation",outcome="error"} 1',
      'graphql_operations_total{name="Who",type="query",outcome="success"} 1',
      'graphql_operations_total{name="anonymous",type="query",outcome="error"} 1',
    ]);
    expect(await test.metric('graphql_operation_duration_seconds')).toContain(
      'graphql_operation_duration_seconds_count{name="Who",type="query"} 1',
    );
  });
});

describe('stopping', () => {
  it('finishes requests in flight over HTTP and WebSocket, and closes sockets with 1012', async () => {
    await using test = await startSubgraph();
    const client = test.client();
    const subscription = watch(client, 'subscription { never { context } }');
    await vi.waitFor(() => expect(test.sources).toHaveLength(1));
    const overHttp = test.query('{ waits }');
    const overWebSocket = watch(client, '{ waits }');
    await vi.waitFor(() => expect(test.opened).toHaveLength(3));
    const stopped = test.subgraph.stop();
    const refused = await test.post({ query: '{ me }' }, test.signed());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await watch(client, '{ me }').ended).toMatchObject([{ extensions: { code: 'SHUTTING_DOWN' } }]);
    test.release('released');
    expect((await overHttp).data).toEqual({ waits: 'released' });
    await overWebSocket.ended;
    expect(overWebSocket.results).toEqual([{ data: { waits: 'released' } }]);
    expect((await client.closed).code).toBe(1012);
    await stopped;
    expect(test.sources[0]).toMatchObject({ returned: true });
    await subscription.ended;
    await vi.waitFor(() => expect(test.disposed.sort()).toEqual([1, 2, 3]));
  });

  it('ends in a bounded time although a client does not answer the close', async () => {
    await using test = await startSubgraph();
    const socket = new WebSocket(test.subgraph.url().replace('http', 'ws'), 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    socket.pause();
    await expect(Promise.race([test.subgraph.stop().then(() => 'stopped'), after(4_000, 'not stopped', { ref: false })])).resolves.toBe(
      'stopped',
    );
    socket.terminate();
  });
});

describe('createSubgraph', () => {
  it('serves the SDL of schema/ and enforces what it allows', async () => {
    const log = createLog({ service: 'test', level: 'silent' });
    const metrics = createMetrics({ service: 'test', instanceId: 'i1', processMetrics: false });
    const resolvers = { Mutation: { clearStats: () => ({}) } };
    const subgraph = createSubgraph({
      name: 'compute',
      host: '127.0.0.1',
      port: 0,
      secret,
      log,
      metrics,
      health: createHealth(),
      resolvers,
      context: () => ({}),
    });
    await subgraph.start();
    try {
      const principal: Principal = { consumerId: 'c', name: 'c', roles: ['CLERK'] };
      const answer = await fetch(subgraph.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(principal, secret) },
        body: JSON.stringify({ query: 'mutation { clearStats { __typename } }' }),
      });
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    } finally {
      await subgraph.stop();
    }
  });

  it('can be stopped after it could not start', async () => {
    await using test = await startSubgraph();
    const port = Number(new URL(test.subgraph.url()).port);
    await expect(startSubgraph({ port })).rejects.toThrow('EADDRINUSE');
  });
});
