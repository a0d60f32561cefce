import { buildSubgraphSchema } from '@apollo/subgraph';
import { createSourceEventStream, graphql, parse } from 'graphql';
import { expect, test } from 'vitest';
import { enforceRights } from './enforce-rights.ts';
import type { Principal, Role } from './principal.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  directive @allow(roles: [Role!]!) on FIELD_DEFINITION | OBJECT
  directive @store(field: String, change: Boolean! = false, everywhere: Boolean! = false) on OBJECT | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  enum Role { ADMIN MANAGER CLERK WAREHOUSE ANALYST DEVICE INTEGRATION }
  type Place { id: ID! }
  type Level @key(fields: "id") @store(field: "place") { id: ID! place: Place! onHand: Int! }
  type Person @key(fields: "id") @allow(roles: [ADMIN, CLERK]) { id: ID! name: String email: String @allow(roles: [ADMIN]) }
  type Letter { from: Person }
  input Nested { placeId: ID @store }
  input ChangeInput { placeId: ID @store(change: true) total: Int @store(everywhere: true) more: [Nested!] }
  type Query { letter: Letter level(placeId: ID @store): Level levels: [Level!]! }
  type Mutation { change(input: ChangeInput!): Boolean }
  type Subscription { levelChanged: Level! }
`);

const levels = ['1', '2', '9'].map((placeId) => ({ id: `l${placeId}`, placeId, onHand: 5 }));
/** What was asked of the database, so to say: nothing may be for who is refused. */
let asked: string[] = [];

const resolvers = {
  Query: {
    letter: () => ({ from: { id: 'p1', name: 'Ada', email: 'ada@example.com' } }),
    level: (_: unknown, { placeId }: { placeId?: string }) => levels.find((level) => level.placeId === placeId) ?? levels[0],
    levels: () => levels,
  },
  Mutation: {
    change() {
      asked.push('change');
      return true;
    },
  },
  Level: {
    __resolveReference: ({ id }: { id: string }) => levels.find((level) => level.id === id) ?? null,
    place: async ({ placeId }: { placeId: string }) => ({ id: placeId }),
  },
  Person: {
    __resolveReference({ id }: { id: string }) {
      asked.push(id);
      return id === 'p1' ? { id, name: 'Ada', email: 'ada@example.com' } : null;
    },
  },
  Subscription: {
    levelChanged: {
      async *subscribe() {
        yield* levels.map((level) => ({ changed: level }));
      },
      resolve: ({ changed }: { changed: object }) => changed,
    },
  },
};
const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
enforceRights(schema, {
  principalOf: (context) => context as Principal,
  openPlaces: async () => new Set(['9']),
});

const principal = (roles: readonly Role[], stores: readonly string[] | null = null): Principal => ({
  consumerId: 'c',
  name: 'c',
  roles,
  stores,
});
const [admin, clerk, device] = [principal(['ADMIN'], ['1']), principal(['CLERK']), principal(['DEVICE'])];
const atOne = principal(['MANAGER'], ['1']);

async function ask(source: string, contextValue: Principal, variableValues: Record<string, unknown> = {}) {
  asked = [];
  const { data, errors = [] } = await graphql({ schema, source, contextValue, variableValues });
  // biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for.
  return { data: data as any, codes: errors.map(({ originalError }) => (originalError as unknown as { code: string })?.code) };
}

test('a role of a type is demanded on every way to it, and one of a field besides', async () => {
  const query = '{ letter { from { name email } } }';
  expect(await ask(query, admin)).toEqual({ data: { letter: { from: { name: 'Ada', email: 'ada@example.com' } } }, codes: [] });
  expect(await ask(query, clerk)).toEqual({ data: { letter: { from: { name: 'Ada', email: null } } }, codes: ['FORBIDDEN'] });
  expect(await ask(query, device)).toEqual({ data: { letter: { from: { name: null, email: null } } }, codes: ['FORBIDDEN', 'FORBIDDEN'] });
});

const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Person { name } ... on Level { onHand } } }';

test('a representation opens nothing, and tells not even whether there is such a thing', async () => {
  for (const id of ['p1', 'nobody']) {
    const of = [{ __typename: 'Person', id }];
    expect(await ask(entities, device, { of })).toEqual({ data: { _entities: [null] }, codes: ['FORBIDDEN'] });
    expect(asked).toEqual([]);
  }
  const of = ['l1', 'l2', 'l9', 'none'].map((id) => ({ __typename: 'Level', id }));
  const seen = { __typename: 'Level', onHand: 5 };
  expect(await ask(entities, atOne, { of })).toEqual({ data: { _entities: [seen, null, seen, null] }, codes: [] });
  expect((await ask(entities, clerk, { of })).data._entities).toEqual([seen, seen, seen, null]);
});

test('an argument names one’s own place, or to look one that all may see', async () => {
  const query = 'query ($placeId: ID) { level(placeId: $placeId) { onHand } }';
  for (const [placeId, refused] of [
    ['1', false],
    [null, false],
    ['9', false],
    ['2', true],
    ['7', true],
  ] as const) {
    const { codes } = await ask(query, atOne, { placeId });
    expect([placeId, codes]).toEqual([placeId, refused ? ['FORBIDDEN'] : []]);
    expect((await ask(query, admin, { placeId })).codes).toEqual([]);
    expect((await ask(query, clerk, { placeId })).codes).toEqual([]);
  }
});

test('inputs are looked into, and what changes a place takes one’s own', async () => {
  const mutation = 'mutation ($input: ChangeInput!) { change(input: $input) }';
  const inputs: [object, boolean][] = [
    [{}, false],
    [{ placeId: '1', total: 0, more: [{ placeId: '9' }, {}] }, false],
    [{ placeId: '2' }, true],
    [{ placeId: '9' }, true],
    [{ total: 1 }, true],
    [{ total: null }, false],
    [{ more: [{ placeId: '1' }, { placeId: '2' }] }, true],
  ];
  for (const [input, refused] of inputs) {
    const { codes } = await ask(mutation, atOne, { input });
    expect([input, codes, asked]).toEqual(refused ? [input, ['FORBIDDEN'], []] : [input, [], ['change']]);
    expect((await ask(mutation, admin, { input })).codes).toEqual([]);
  }
  expect((await ask(mutation, principal(['MANAGER'], []), { input: { placeId: '1' } })).codes).toEqual(['FORBIDDEN']);
});

test('what a list that forgot to look lets through is refused all the same', async () => {
  const { data, codes } = await ask('{ levels { onHand } }', atOne);
  expect([data, codes]).toEqual([null, ['FORBIDDEN']]);
});

test('an event of a foreign place is passed over quietly', async () => {
  const listen = async (contextValue: Principal) => {
    const stream = await createSourceEventStream({ schema, document: parse('subscription { levelChanged { onHand } }'), contextValue });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    return (await Array.fromAsync(stream as AsyncIterable<{ changed: { placeId: string } }>)).map(({ changed }) => changed.placeId);
  };
  expect(await listen(atOne)).toEqual(['1', '9']);
  expect(await listen(principal(['MANAGER'], []))).toEqual(['9']);
  expect(await listen(admin)).toEqual(['1', '2', '9']);
  expect(await listen(clerk)).toEqual(['1', '2', '9']);
});
