/** The thirteen checks that graphql-cop makes of a server, and what is known to get around limits that are counted too simply; in production. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from '../testing/clients.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ production: true });
});
afterAll(() => shop[Symbol.asyncDispose]());

const key = { 'x-api-key': 'admin-key' };
const ask = (query: string) => post(shop, { query });
const limit = (name: string) => [{ message: `The operation exceeds the limit of ${name}`, extensions: { code: 'OPERATION_LIMIT' } }];

describe('the classic checks', () => {
  test('1: a hundred and one aliases are refused', async () => {
    const { body } = await ask(`{ ${Array.from({ length: 101 }, (_, alias) => `alias${alias}: __typename`).join(' ')} }`);
    expect(body).toEqual({ errors: [...limit('aliases'), ...limit('root fields')] });
  });

  test('2: a batch of ten is refused', async () => {
    const answer = await post(shop, Array(10).fill({ query: '{ __typename }' }));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('"data"');
  });

  test('3: introspection in circles is refused', async () => {
    const { status, body } = await ask(`{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)} } } }`);
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
  });

  test('4: ten directives at one place are refused, in one word', async () => {
    const { body } = await ask(`query { __typename ${'@aa'.repeat(10)} }`);
    expect(body).toEqual({ errors: limit('directives at one place') });
  });

  test('5: five hundred times the same field are refused', async () => {
    expect((await ask(`{ ${'__typename '.repeat(500)} }`)).body).toEqual({ errors: limit('root fields') });
  });

  test('6: a misspelt field is not corrected', async () => {
    const { body } = await ask('{ produkts { sku } }');
    expect(body.errors[0].message).toBe('Cannot query field "produkts" on type "Query".');
  });

  test('7: a query by address alone is refused', async () => {
    const answer = await fetch(`${shop.url()}/graphql?query=${encodeURIComponent('{ __typename }')}`, { headers: key });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('CSRF');
  });

  test('8: a mutation by address is refused, whatever the answer is to be', async () => {
    const address = `${shop.url()}/graphql?query=${encodeURIComponent('mutation { rename(sku: "A", name: "x") { sku } }')}`;
    const before = shop.products.requests.length;
    for (const accept of ['application/json', 'text/event-stream', 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"']) {
      const answer = await fetch(address, { headers: { ...key, accept, 'apollo-require-preflight': '1' } });
      expect(answer.status, accept).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
    }
    expect(shop.products.requests).toHaveLength(before);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    '9: a form of a page of another origin (%s) is refused',
    async (type) => {
      const body = new URLSearchParams({ query: 'mutation { rename(sku: "A", name: "x") { sku } }' }).toString();
      const answer = await fetch(`${shop.url()}/graphql`, { method: 'POST', headers: { ...key, 'content-type': type }, body });
      expect(answer.status).toBeOneOf([400, 415]);
    },
  );

  test('10: there is no explorer', async () => {
    for (const path of ['/', '/graphql', '/graphiql', '/playground', '/console', '/explorer']) {
      const text = await (await fetch(shop.url() + path, { headers: { accept: 'text/html' } })).text();
      expect(text).not.toMatch(/graphiql|playground|sandbox|<title>GraphQL/i);
    }
  });

  test('11: introspection is refused, of the schema and of one type', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Product") { name } }']) {
      const { body } = await ask(query);
      expect(body.data).toBeUndefined();
      expect(body.errors[0].message).toBe('Introspection is closed here.');
    }
  });

  test('12: an answer tells nothing of how it was made', async () => {
    expect(
      (await post(shop, { query: '{ me }', extensions: { tracing: true } }, { ...key, 'apollo-query-plan-experimental': '1' })).body,
    ).toEqual({
      data: { me: 'c1' },
    });
  });

  test('13: an error tells a reference, and no stack, text or table', async () => {
    for (const query of ['{ secretive }', '{ nonsense }', '{', 'query ($a: Int!) { me }']) {
      const { body } = await ask(query);
      expect(body.errors.length).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/exception|stacktrace|hunter2|select|node_modules|\.ts:/i);
    }
  });
});

describe('ways around limits', () => {
  test('aliases hidden in fragments of reserved names count', async () => {
    const levels = Array.from({ length: 20 }, (_, level) => `fragment __schema${level} on Query { ...__schema${level + 1} }`).join(' ');
    const aliases = Array.from({ length: 60 }, (_, alias) => `a${alias}: me`).join(' ');
    const { body } = await ask(`{ ...__schema0 } ${levels} fragment __schema20 on Query { ${aliases} }`);
    expect(body.errors).toEqual([...limit('aliases'), ...limit('root fields')]);
  });

  test('aliases of reserved names count', async () => {
    const { body } = await ask(`{ ${Array.from({ length: 60 }, (_, alias) => `__schema${alias}: products { sku }`).join(' ')} }`);
    expect(body.errors).toEqual([...limit('aliases'), ...limit('root fields')]);
  });

  test('fragments that multiply are counted and not expanded', async () => {
    const doubling = Array.from({ length: 40 }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`).join(
      ' ',
    );
    const { body } = await ask(`{ ...F0 } ${doubling} fragment F40 on Query { x: me }`);
    expect(body.errors).toEqual([...limit('aliases'), ...limit('root fields')]);
  });

  test('fragments in a circle are refused', async () => {
    const { status, body } = await ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('a long document is refused before it is read to its end', async () => {
    expect((await ask(`{ ${'products{sku} '.repeat(20_000)} }`)).body).toEqual({ errors: limit('tokens') });
  });

  test('the most that the parser lets through is refused by its fields', async () => {
    const { body } = await ask(`{ ${'products{sku} '.repeat(620)} }`);
    expect(body.errors).toEqual(limit('root fields'));
  });

  test('the same limits hold for subscriptions', async () => {
    const query = `subscription { sold { ${Array.from({ length: 60 }, (_, alias) => `a${alias}: id`).join(' ')} } }`;
    const answer = await fetch(`${shop.url()}/graphql`, {
      method: 'POST',
      headers: { ...key, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    expect(await answer.text()).toContain('The operation exceeds the limit of aliases');
  });
});

test.each([
  '{ _service { sdl } }',
  '{ _entities(representations: [{ __typename: "User", id: "u1" }]) { __typename } }',
  '{ consumerByApiKey(key: "x") { id } }',
])('what is between gateway and subgraphs only, %s, is no part of the graph', async (query) => {
  const { status, body } = await ask(query);
  expect([status, body.data]).toEqual([400, undefined]);
  expect(body.errors[0].message).toMatch(/^Cannot query field/);
});

test('a list of words that are nearly names reveals no name', async () => {
  const names = [
    ...['products', 'secretive', 'stall', 'events', 'consumerByApiKey', 'price', 'madeBy', 'email', 'rename', 'maybeSold', 'activity'],
    ...['Product', 'User', 'Sale', 'Login', 'Level', 'Activity', 'quantity', 'buyers', 'seller', 'padding', 'keeper'],
  ];
  const near = names.flatMap((name) => [`${name}s`, name.slice(0, -1), `x${name}`, name.replace(/[aeiou]/, 'y'), name.toUpperCase()]);
  const words = near.filter((word) => !names.includes(word));
  const chunks = Array.from({ length: Math.ceil(words.length / 15) }, (_, chunk) => words.slice(15 * chunk, 15 * (chunk + 1)));
  const queries = chunks.flatMap((chunk) => [
    `{ ${chunk.join(' ')} }`,
    `mutation { ${chunk.map((word) => `${word}(x: 1) { y }`).join(' ')} }`,
    `{ ${chunk.map((word) => `... on ${word} { y }`).join(' ')} }`,
    `query (${chunk.map((word) => `$${word}: ${word}`).join(' ')}) { x }`,
  ]);
  expect(queries.length).toBeGreaterThan(20);
  for (const query of queries) {
    const { body } = await ask(query);
    expect(body.errors?.length).toBeGreaterThan(0);
    const told = new Set(JSON.stringify(body).match(/\w+/g));
    const written = new Set(query.match(/\w+/g));
    expect(names.filter((name) => told.has(name) && !written.has(name))).toEqual([]);
  }
});
