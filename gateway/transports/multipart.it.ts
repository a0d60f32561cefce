import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { followByMultipart } from '../testing/followers.ts';
import { keys, startTestShop, type TestShop } from '../testing/shop.ts';

/** Apollo's multipart HTTP protocol for GraphQL subscriptions, on the bytes and with Apollo's own client. */
let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => eventually(() => expect(shop.events.active()).toBe(0)));

const multipart = 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json';
const ask = (query: string, { accept = multipart, signal, to = shop }: { accept?: string; signal?: AbortSignal; to?: TestShop } = {}) =>
  fetch(`${to.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'admin-key', accept },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
const part = (content: object) => `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;

test('each event is a part, which is whole at once, and the end is the last boundary', async () => {
  const response = await ask('subscription { sold { id } }');
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec="1.0"');
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: 's1', quantity: 1 });
  shop.sold.emit({ id: 's2', quantity: 1 });
  shop.sold.complete();
  expect(await response.text()).toBe(
    `\r\n--graphql${['s1', 's2'].map((id) => part({ payload: { data: { sold: { id } } } })).join('')}--\r\n`,
  );
});

test('what is wrong with the operation comes as JSON where that is accepted, else as a part; a source that fails as an error of the transport', async () => {
  const faulty = 'subscription { nothing }';
  expect(await (await ask(faulty)).json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  const told = await (await ask(faulty, { accept: 'multipart/mixed;subscriptionSpec=1.0' })).text();
  expect(told).toContain('"payload":{"errors":[');
  expect(told).toContain('"code":"BAD_USER_INPUT"');
  const refused = await (await ask('subscription { refused }')).text();
  expect(refused).toContain('{"payload":null,"errors":[');
  expect(refused).not.toContain('refused by');
  expect(refused).toMatch(/--graphql--\r\n$/);
});

test('a query is answered as JSON, by a client that would take either', async () => {
  const response = await ask('{ me }');
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual({ data: { me: 'c1' } });
  expect(await (await ask('{ me }', { accept: 'multipart/mixed;subscriptionSpec=1.0' })).text()).toBe(
    `\r\n--graphql${part({ payload: { data: { me: 'c1' } } })}--\r\n`,
  );
});

test('who accepts nothing that fits is answered 406 and told what there is', async () => {
  for (const [query, accept] of [
    ['subscription { sold { id } }', 'application/json'],
    ['subscription { sold { id } }', 'text/csv'],
    ['{ me }', 'text/csv'],
    ['{ me }', 'multipart/mixed'],
  ] as const) {
    const response = await ask(query, { accept });
    expect(response.status).toBe(406);
    const body = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('text/event-stream'), extensions: { code: 'NOT_ACCEPTABLE' } });
  }
});

test('Apollo’s client gets events, with fields of other subgraphs, and leaves', async () => {
  using client = followByMultipart('subscription { sold { id seller { name } } }');
  client.connect(shop);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  expect(await shop.metric('subscription_clients_active', { transport: 'multipart' })).toBe(1);
  shop.sold.emit({ id: 's1', quantity: 1, seller: 'u1' });
  await eventually(() => expect(client.state.results).toEqual([{ sold: { id: 's1', seller: { name: 'User u1' } } }]));
  client.cut();
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
});

test('a gateway that stops says so, with how long to wait before coming back', async () => {
  const stopping = await startTestShop();
  const response = await ask('subscription { sold { id } }', { to: stopping });
  await eventually(() => expect(stopping.sold.listeners()).toBe(1));
  await stopping[Symbol.asyncDispose]();
  const text = await response.text();
  expect(text).toContain('"code":"SHUTTING_DOWN"');
  expect(Number(/"retryAfterMs":(\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(500);
});

test('a key that is revoked ends its streams, and says why', async () => {
  const strict = await startTestShop({ keyCheckMs: 50 });
  keys['short-key'] = { ...keys['clerk-key'], id: 'c8' };
  using client = followByMultipart('subscription { sold { id } }', { key: 'short-key' });
  client.connect(strict);
  await eventually(() => expect(strict.sold.listeners()).toBe(1));
  delete keys['short-key'];
  await eventually(() => expect(client.state.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]));
  expect(client.state.completed).toBe(true);
  await strict[Symbol.asyncDispose]();
});
