import { describe, expect, it, vi } from 'vitest';
import { createHealth } from './health.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { anonymousPrincipal, type Principal, principalHeader, signPrincipal } from './principal.ts';
import { createSubgraph } from './subgraph.ts';
import { secret, startSubgraph, watch } from './testing/small-subgraph.ts';

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

  it('does not start in production without a secret', async () => {
    await expect(startSubgraph({ secret: null, production: true })).rejects.toThrow('GATEWAY_SECRET');
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
      const principal: Principal = { consumerId: 'c', name: 'c', roles: ['CLERK'], stores: null };
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
