import { getOperationAST, type OperationDefinitionNode, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { foldOperation } from './fold.ts';

function fold(query: string, variables: Record<string, unknown> = {}, name?: string): string {
  const document = parse(query);
  return print(foldOperation(document, getOperationAST(document, name) as OperationDefinitionNode, variables)).replace(/\s+/g, ' ');
}

test('an operation without conditions loses its name, other operations and fragments it does not use', () => {
  expect(fold('subscription A { a { ...F } } subscription B { b } fragment F on T { x } fragment G on T { y }', {}, 'A')).toBe(
    'subscription { a { ...F } } fragment F on T { x }',
  );
});

test('the order of fragments makes no difference', () => {
  const [f, g] = ['fragment F on T { x ...G }', 'fragment G on T { y }'];
  expect(fold(`subscription { a { ...F } } ${f} ${g}`)).toBe(fold(`${g} ${f} subscription { a { ...F } }`));
});

test('conditions at the root are decided, in fragments too, and their variables are gone', () => {
  const query = `subscription($a: Boolean!, $deep: Boolean!) { ...R @include(if: $a) b @skip(if: $a) { y } }
    fragment R on Subscription { ... on Subscription @skip(if: false) { a { x @include(if: $deep) } } c @include(if: false) }`;
  expect(fold(query, { a: true, deep: true })).toBe(
    'subscription ($deep: Boolean!) { ... on Subscription { ... on Subscription { a { x @include(if: $deep) } } } }',
  );
  expect(fold(query, { a: false, deep: true })).toBe('subscription { b { y } }');
});

test('an operation of which nothing is left is refused, and so is a condition that says nothing', () => {
  expect(() => fold('subscription { a @skip(if: true) }')).toThrow('selects nothing');
  expect(() => fold('subscription($on: Boolean) { a @include(if: $on) }')).toThrow('@include needs a Boolean');
});
