import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { defaultOperationLimits, operationLimitRules } from './operation-limits.ts';

const schema = buildSchema('type Query { a: Query b: Int }');
const refusals = (query: string, tellLimits = true) =>
  validate(
    schema,
    parse(query),
    operationLimitRules({ ...defaultOperationLimits, depth: 3, aliases: 2, rootFields: 3 }, { tellLimits }),
  ).map(({ message }) => message);

test('an operation at its limits passes, past each of them it is told which and how far', () => {
  expect(refusals('{ a { a { b } } x: b y: b }')).toEqual([]);
  expect(refusals('{ a { a { a { b } } } }')).toEqual(['The operation has depth 4; the limit is 3']);
  expect(refusals('{ x: b y: b z: b }')).toEqual(['The operation has aliases 3; the limit is 2']);
  expect(refusals('{ b a { b } b b }')).toEqual(['The operation has root fields 4; the limit is 3']);
  expect(refusals('{ b @skip(if: false) @skip(if: false) @skip(if: false) @skip(if: false) @skip(if: false) }')).toEqual([
    'The operation has directives at one place 5; the limit is 4',
  ]);
  expect(refusals('{ x: b y: b z: b }', false)).toEqual(['The operation exceeds the limit of aliases']);
});

test('fragments count where they are spread, whatever they are called', () => {
  expect(refusals('{ ...__schema } fragment __schema on Query { a { ...G } } fragment G on Query { a { a { b } } }')).toHaveLength(1);
  expect(refusals('{ a { ...F } ...F ...F } fragment F on Query { x: b }')).toEqual(['The operation has aliases 3; the limit is 2']);
});

test('fragments that multiply are counted without being expanded', () => {
  const doubling = Array.from({ length: 60 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ');
  expect(refusals(`{ ...F0 } ${doubling} fragment F60 on Query { x: b }`)).toContain('The operation has aliases 1000000; the limit is 2');
});

test('a fragment that reaches itself does not hang', () => {
  expect(refusals('{ ...F } fragment F on Query { a { ...F } }')).toEqual([]);
});

test('the introspection that explorers send is within the limits', () => {
  const query = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  });
  expect(
    validate(
      schema,
      parse(query, { maxTokens: defaultOperationLimits.tokens }),
      operationLimitRules(defaultOperationLimits, { tellLimits: true }),
    ),
  ).toEqual([]);
});
