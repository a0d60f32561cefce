import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startSubgraph, watch } from './testing/small-subgraph.ts';

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
