/** The limits of operations, on the graph as it is: what our clients ask is far within them, what nobody needs is not. */
import { readFileSync } from 'node:fs';
import { buildASTSchema, type GraphQLArgument, getOperationAST, isInterfaceType, isObjectType, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { checkOperation } from './guards/check-operation.ts';
import { operationCost } from './operation-cost.ts';
import { defaultOperationLimits as limits, operationLimitRules } from './operation-limits.ts';
import { restRoutes } from './rest/routes.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const schema = buildASTSchema(parse(read('schema/generated/api.graphql')));
const manifest = JSON.parse(read('schema/generated/persisted-operations.json')) as { operations: { name: string; body: string }[] };
const ours = [
  ...manifest.operations.map(({ name, body }) => [name, body] as const),
  ...restRoutes.map(({ method, path, document }) => [`${method} ${path}`, document] as const),
];

const refusal = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  return checkOperation(
    { schema, document, operation: getOperationAST(document)!, variables },
    { limits, tellLimits: true, costOf: operationCost },
  )?.message;
};

test('what our clients and the REST facade ask costs less than half of the limit, with the longest pages, and is within the other limits', () => {
  expect(ours.length).toBeGreaterThan(80);
  for (const [name, body] of ours) {
    const document = parse(body, { maxTokens: limits.tokens / 2 });
    const operation = getOperationAST(document)!;
    expect(operationCost({ schema, document, operation, variables: { first: 100, limit: 100 } }), name).toBeLessThan(limits.cost / 2);
    expect(validate(schema, document, operationLimitRules(limits, { tellLimits: true })), name).toEqual([]);
  }
});

/** Of every field of the graph that says how many it gives, how it says it. */
const pages: (readonly [field: string, argument: GraphQLArgument])[] = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, args }) =>
      args.filter((argument) => argument.name === 'first').map((argument) => [`${type.name}.${name}`, argument] as const),
    ),
  );

describe('a page', () => {
  test('is described with its bounds, everywhere', () => {
    expect(pages.length).toBeGreaterThan(10);
    const undescribed = pages.filter(([, { description }]) => !/1 (to|and) 100|at most 100/.test(description ?? ''));
    expect(undescribed.map(([field]) => field)).toEqual([]);
  });

  test('of a million is refused, by a variable and in the text', () => {
    expect(refusal('query ($n: Int!) { products(first: $n) { nodes { id } } }', { n: 1_000_000 })).toBe(
      'The operation has cost 1000001; the limit is 10000',
    );
    expect(refusal('{ products(first: 1000000) { nodes { id } } }')).toContain('the limit is 10000');
  });

  test('within a page within a page multiplies', () => {
    const nested = 'query ($n: Int!) { customers(first: $n) { nodes { orders(first: $n) { nodes { lines { product { id } } } } } } }';
    expect(refusal(nested, { n: 10 })).toBeUndefined();
    expect(refusal(nested, { n: 100 })).toContain('The operation has cost');
  });
});

test('subscriptions and mutations have a cost too', () => {
  const kinds = manifest.operations.map(({ body }) => {
    const document = parse(body);
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;
    return [operation.operation, operationCost({ schema, document, operation, variables: {} })] as const;
  });
  for (const kind of ['subscription', 'mutation'])
    expect(Math.max(...kinds.filter(([type]) => type === kind).map(([, cost]) => cost))).toBeGreaterThan(0);
});
