import { buildSubgraphSchema } from '@apollo/subgraph';
import { subgraphNames, subgraphTypeDefs } from '@comptoir/schema/sdl.ts';
import fc from 'fast-check';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { dateTime } from '../date-time.ts';
import { ComptoirError } from '../errors.ts';
import { generateOperation, type Mood, resolveAtRandom } from '../testing/generated-operations.ts';
import { compileOperation } from './compile-operation.ts';

const told = ({ errors, data }: ExecutionResult) => ({
  data,
  errors: errors?.map((error) => ({
    ...error.toJSON(),
    original: error.originalError && String(error.originalError),
    nodes: error.nodes?.length,
  })),
});

/** Where the answer has nothing because of an error. Which of several errors that take the same place is told is a matter of who comes first. */
function lost({ data, errors }: ExecutionResult): string[] {
  const placeOf = ({ path = [] }: GraphQLError) => {
    let value: unknown = data;
    for (const [depth, key] of path.entries()) {
      if (value === null) return path.slice(0, depth);
      value = (value as Record<string, unknown>)[key];
    }
    return path;
  };
  return [...new Set(errors?.map((error) => JSON.stringify(placeOf(error))))].sort();
}

async function both(
  schema: GraphQLSchema,
  source: string,
  { variables = {}, rootValue = undefined as unknown, context = {} as unknown } = {},
) {
  const document = parse(source);
  expect(validate(schema, document), source).toEqual([]);
  const args = { rootValue, contextValue: context, variableValues: variables };
  const run = compileOperation(schema, document);
  return { expected: await execute({ schema, document, ...args }), given: run && (await run(args)), run, args };
}

const drawFrom = (seed: number) => {
  let state = seed | 0;
  return (below: number) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
};

describe.each(subgraphNames)('an operation of %s', (name) => {
  const schema = buildSubgraphSchema([{ typeDefs: subgraphTypeDefs(name), resolvers: { DateTime: dateTime } }]);

  it.each<['query' | 'mutation', Mood]>([
    ['query', 'at once'],
    ['mutation', 'at once'],
    ['query', 'later'],
    ['mutation', 'later'],
  ])('that is a %s is answered as by graphql-js where resolvers answer %s', async (kind, mood) => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const rootValue = resolveAtRandom(schema, schema.getRootType(kind as OperationTypeNode) as GraphQLObjectType, { seed, mood });
        const { source, variables } = generateOperation(schema, kind, drawFrom(seed));
        const { expected, given } = await both(schema, source, { variables, rootValue });
        expect(JSON.stringify(given?.data)).toBe(JSON.stringify(expected.data));
        if (mood === 'at once') expect(given && told(given)).toEqual(told(expected));
        else expect(given && lost(given)).toEqual(lost(expected));
      }),
      { numRuns: 40 },
    );
  });
});

const small = `
  interface Named { name: String }
  type Cat implements Named { name: String lives: Int! mate: Cat }
  type Dog implements Named { name: String toys: [String!]! }
  union Pet = Cat | Dog
  input Size { width: Int! = 3 height: Int }
  type Query {
    pets: [Pet!]!
    named(first: Int = 2, size: Size): [Named]
    counted: [Int!]
    strict: Cat!
  }
  type Mutation { first: Int second: Int! third: Int }
`;
const cat = { __typename: 'Cat', name: 'Félix', lives: 9 };

describe('an operation', () => {
  it.each([
    ['skips something', 'query ($a: Boolean!) { strict { name @skip(if: $a) } }'],
    ['includes something in a fragment', '{ strict { ...F } } fragment F on Cat { name @include(if: true) }'],
    ['asks for the schema', '{ __schema { queryType { name } } }'],
    ['asks for a type', '{ __type(name: "Cat") { name } }'],
    ['is answered by a dangerous name', '{ __proto__: strict { name } }'],
    ['is one of several', 'query A { counted } query B { counted }'],
  ])('that %s is left to graphql-js', (_what, source) => {
    expect(compileOperation(buildSchema(small), parse(source))).toBeNull();
  });

  it('is answered at once where nothing has to be waited for', () => {
    const run = compileOperation(buildSchema(small), parse('{ strict { name __typename } }'));
    expect(run?.({ rootValue: { strict: cat }, contextValue: null })).toEqual({ data: { strict: { name: 'Félix', __typename: 'Cat' } } });
  });

  it.each([
    [
      'fragments on interfaces and unions',
      '{ pets { __typename ... on Named { name } ... on Cat { lives mate { name } } ...D } } fragment D on Dog { toys }',
      {},
    ],
    ['defaults of arguments', '{ named(size: { height: 1 }) { name } }', {}],
    ['defaults of variables', 'query ($f: Int = 5, $s: Size) { named(first: $f, size: $s) { name } }', { s: {} }],
    [
      'variables of a wrong type',
      'query ($f: Int, $s: Size) { named(first: $f, size: $s) { name } }',
      { f: 'x', s: { width: null, depth: 1 } },
    ],
    ['variables that are not given', 'query ($f: Int!) { named(first: $f) { name } }', {}],
  ])('with %s is answered as by graphql-js', async (_what, source, variables) => {
    const rootValue = {
      pets: () => [cat, Promise.resolve({ __typename: 'Dog', name: null, toys: ['ball'] }), { ...cat, mate: () => cat }],
      named: (args: object) => [{ ...cat, name: JSON.stringify(args) }],
    };
    const { expected, given } = await both(buildSchema(small), source, { variables, rootValue });
    expect(given && told(given)).toEqual(told(expected));
  });

  it.each([
    ['no type', {}],
    ['a type that there is not', { __typename: 'Cow' }],
    ['no object type', { __typename: 'Named' }],
    ['a type that is none of it', { __typename: 'Query' }],
  ])('is told as by graphql-js that there is %s', async (_what, pet) => {
    const { expected, given } = await both(buildSchema(small), '{ named { name } }', { rootValue: { named: [pet] } });
    expect(given && told(given)).toEqual(told(expected));
    expect(expected.errors).toHaveLength(1);
  });

  it('asks isTypeOf and resolveType of its types, which may take their time', async () => {
    const schema = buildSchema(small);
    for (const [name, word] of [
      ['Cat', 'miaou'],
      ['Dog', 'ouaf'],
    ] as const) {
      (schema.getType(name) as GraphQLObjectType).isTypeOf = async (value) => (value as { says: string }).says === word;
    }
    (schema.getType('Named') as GraphQLInterfaceType).resolveType = async () => 'Cat';
    const rootValue = {
      pets: [
        { says: 'ouaf', toys: [] },
        { says: 'miaou', name: 'Félix' },
      ],
      named: [{ says: 'miaou', name: 'Tom' }, { says: 'ouaf' }],
    };
    const { expected, given } = await both(schema, '{ pets { __typename ... on Cat { name } } named { name } }', { rootValue });
    expect(given && told(given)).toEqual(told(expected));
    expect(given?.errors).toHaveLength(1);
  });

  it('changes one thing after the other', async () => {
    const order: string[] = [];
    const change = (name: string, turns: number) => async () => {
      order.push(`${name} begins`);
      for (let turn = 0; turn < turns; turn++) await null;
      order.push(`${name} ends`);
      return order.length;
    };
    const rootValue = { first: change('first', 5), second: change('second', 1), third: change('third', 0) };
    const { given, run, args } = await both(buildSchema(small), 'mutation { first second third }', { rootValue });
    expect(given?.data).toEqual({ first: 8, second: 10, third: 12 });
    order.length = 0;
    await run?.(args);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
  });

  it('hears of what fails late beside an item that fails at once', async () => {
    const late = Promise.withResolvers<never>();
    const run = compileOperation(buildSchema(small), parse('{ counted }'));
    const answer = run?.({ rootValue: { counted: [late.promise, new Error('at once')] }, contextValue: null });
    late.reject(new Error('late')); // unheard, it would fail the test, and end a process
    expect(await answer).toMatchObject({ data: { counted: null }, errors: [{ message: 'at once', path: ['counted', 1] }] });
  });
});

describe('entities', () => {
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
    type Product @key(fields: "id") { id: ID! name: String! }
    type Place @key(fields: "id") { id: ID! town: String }
    type Query { product: Product }
  `);
  const resolvers = {
    Product: {
      __resolveReference: async ({ id }: { id: string }) => {
        if (id === 'bad') throw new ComptoirError('FORBIDDEN');
        return id === 'none' ? null : { id, name: id === 'nameless' ? null : `Product ${id}` };
      },
    },
    Place: { __resolveReference: ({ id }: { id: string }) => ({ id, town: Promise.resolve(`town of ${id}`) }) },
  };

  it.each([
    ['that are there', ['1', '2'], 0],
    ['that are not', ['1', 'none'], 0],
    ['that may not be seen', ['bad', '1', 'bad'], 2],
    ['that lack something', ['nameless', '1'], 1],
  ])('%s are answered as by graphql-js', async (_which, ids, faults) => {
    const representations = ids.flatMap((id) => [
      { __typename: 'Product', id },
      { __typename: 'Place', id },
    ]);
    const source =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Product { id name } ... on Place { town } } }';
    const { expected, given } = await both(buildSubgraphSchema([{ typeDefs, resolvers }]), source, { variables: { representations } });
    expect(given && told(given)).toEqual(told(expected));
    expect(given?.errors ?? []).toHaveLength(faults);
  });
});
