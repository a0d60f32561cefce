import { buildSchema, NoSchemaIntrospectionCustomRule, specifiedRules } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createPreparedOperations } from './prepared-operations.ts';

const schema = buildSchema('type Query { one: Int } type Mutation { two: Int } type Subscription { three: Int }');
const prepared = () => createPreparedOperations(schema, [...specifiedRules, NoSchemaIntrospectionCustomRule]);

describe('prepared operations', () => {
  it('are found by their documents, prepared once', async () => {
    const operations = prepared();
    const found = operations.find('query A { one }', 'A');
    expect(found).toMatchObject({ type: 'query', name: 'A' });
    expect(operations.find('query A { one }', null)).toBe(found);
    expect(operations.find('mutation { two }', undefined)).toMatchObject({ type: 'mutation', name: null });
    expect(await found?.run({ rootValue: { one: 1 }, contextValue: null })).toEqual({ data: { one: 1 } });
  });

  it.each([
    ['is no GraphQL', '{', null],
    ['is not valid', '{ nothing }', null],
    ['has no operation', 'fragment F on Query { one }', null],
    ['asks for the schema', '{ __schema { queryType { name } } }', null],
    ['cannot be compiled', '{ one @skip(if: false) }', null],
    ['is a subscription', 'subscription { three }', null],
    ['is not of that name', 'query A { one }', 'B'],
  ])('are none of what %s', (_what, source, name) => {
    const operations = prepared();
    for (let times = 0; times < 2; times++) expect(operations.find(source, name)).toBeNull();
  });

  it('are forgotten when there is too much of them, the one that was not asked for longest first', () => {
    const operations = prepared();
    const long = (name: string) => `query ${name} { one } #${'x'.repeat(200_000)}`;
    const [a, b] = ['A', 'B'].map((name) => operations.find(long(name), name));
    expect(operations.find(long('A'), 'A')).toBe(a);
    operations.find(long('C'), 'C');
    expect(operations.find(long('A'), 'A')).toBe(a);
    expect(operations.find(long('B'), 'B')).not.toBe(b);
  });
});
