import { describe, expect, it, vi } from 'vitest';
import { type GraphQLErrorJson, startSubgraph, watch } from './testing/small-subgraph.ts';

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
