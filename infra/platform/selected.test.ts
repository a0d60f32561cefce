import { buildSchema, graphqlSync } from 'graphql';
import { expect, test } from 'vitest';
import { isAnySelected, isOnlyIdSelected, isSelected } from './selected.ts';

const schema = buildSchema(
  'type Query { list(first: Int): List } type List { nodes: [Node!]! totalCount: Int! } type Node { id: ID! list: List }',
);

/** What is said while the list of this document is resolved. */
function said(source: string, ...path: string[]): boolean[] {
  return saidBy(isSelected, source, ...path);
}

function saidBy(ask: typeof isSelected, source: string, ...path: string[]): boolean[] {
  const answers: boolean[] = [];
  const list = (_args: unknown, _context: unknown, info: Parameters<typeof isSelected>[0]) => void answers.push(ask(info, ...path));
  const { errors } = graphqlSync({ schema, source, rootValue: { list } });
  expect(errors).toBeUndefined();
  return answers;
}

test.each([
  ['at once', '{ list { totalCount } }'],
  ['under another name', '{ list { count: totalCount } }'],
  ['in an inline fragment', '{ list { nodes { id } ... on List { ... { totalCount } } } }'],
  ['in a fragment', '{ list { ...f } } fragment f on List { ...g } fragment g on List { totalCount }'],
  ['where the field is given twice', '{ list { nodes { id } } list { totalCount } }'],
  ['where a variable could leave it out', 'query($n: Boolean = false) { list { totalCount @include(if: $n) nodes { id } } }'],
])('a field is found %s', (_where, document) => {
  expect(said(document, 'totalCount')).toEqual([true]);
});

test('one of several fields is found where it is, also when the same operation is asked again', () => {
  const askFor =
    (...names: string[]): typeof isSelected =>
    (info, ...path) =>
      isAnySelected(info, path, names);
  const document = '{ list { nodes { id } totalCount } }';
  for (const _ of [1, 2]) {
    expect(saidBy(askFor('first', 'id'), document, 'nodes')).toEqual([true]);
    expect(saidBy(askFor('first', 'id'), document)).toEqual([false]);
    expect(saidBy(askFor(), document, 'nodes')).toEqual([false]);
  }
});

test('a field is found at its own place only', () => {
  expect(said('{ list { nodes { list { totalCount } } } }', 'totalCount')).toEqual([false]);
  expect(said('{ list { nodes { list { totalCount } } } }', 'nodes', 'list', 'totalCount')).toEqual([true]);
  expect(said('{ list { totalCount nodes { id } } }', 'nodes', 'list')).toEqual([false]);
  expect(said('{ a: list { totalCount } b: list { nodes { id } } }', 'totalCount')).toEqual([true, false]);
});

test.each([
  ['{ list { nodes { id } } }', true],
  ['{ list { nodes { ... on Node { key: id __typename } } totalCount } }', true],
  ['{ list { nodes { id } ...f } } fragment f on List { nodes { list { totalCount } } }', false],
  ['{ list { nodes { id ... { list { totalCount } } } } }', false],
])('whether nothing but an id is asked for is told: %s', (source, only) => {
  expect(saidBy(isOnlyIdSelected, source, 'nodes')).toEqual([only]);
});
