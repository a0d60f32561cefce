import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode } from '@apollo/query-planner';
import { getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { anonymousCaller } from '../auth/caller.ts';
import { subgraphError } from '../fetch/errors.ts';
import type { PreparedFetch, SubgraphAnswer } from '../fetch/subgraph-source.ts';
import { compileOperation } from './compile-operation.ts';
import { librarySupergraph } from './testing/library.ts';

const supergraph = librarySupergraph();

interface Asked {
  readonly query: string;
  readonly variables: { readonly representations?: readonly object[] } & Record<string, unknown>;
}
type Answers = Readonly<Record<string, (asked: Asked) => SubgraphAnswer>>;

function compile(query: string, change: (plan: PlanNode | undefined) => void = () => undefined) {
  const document = parse(query);
  const { node } = supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, document));
  change(node as PlanNode | undefined);
  return compileOperation({ document, operation: getOperationAST(document)!, plan: node as PlanNode | undefined }, supergraph);
}

async function run(query: string, answers: Answers, variables = {}) {
  const asked: Asked[] = [];
  const readOnly: unknown[] = [];
  const source = (answer: (asked: Asked) => SubgraphAnswer) => ({
    async fetch(prepared: PreparedFetch) {
      asked.push(JSON.parse(prepared.body));
      readOnly.push(prepared.readOnly);
      return answer(JSON.parse(prepared.body));
    },
  });
  const sources = { get: (name: string) => (answers[name] ? source(answers[name]) : undefined) };
  const answer = await compile(query)!({ sources, context: { caller: anonymousCaller }, variables });
  return { ...answer, asked, readOnly };
}

const film = (id: string, author: string) => ({ __typename: 'Film', id, author: { __typename: 'Person', id: author } });

test('an entity that is there more than once is asked for once, and its error is told at each place', async () => {
  const { data, errors, asked } = await run('{ works { author { name } } }', {
    catalogue: () => ({ data: { works: [film('f1', 'a'), film('f2', 'b'), film('f3', 'a')] } }),
    people: () => ({
      data: { _entities: [null, { name: 'Bea' }] },
      errors: [subgraphError({ message: 'lost', path: ['_entities', 0, 'name'] }, 'people')],
    }),
  });
  expect(asked[1]?.variables.representations).toEqual([
    { __typename: 'Person', id: 'a' },
    { __typename: 'Person', id: 'b' },
  ]);
  expect(data).toEqual({ works: null });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['works', 0, 'author', 'name'],
    ['works', 2, 'author', 'name'],
  ]);
});

test('an error is told of the entity that it is about, where others are passed over', async () => {
  const { errors } = await run('{ things { ... on Shelf { keeper { nick } } ... on Film { lender { nick } } ... on Book { lent } } }', {
    catalogue: () => ({ data: { things: [{ __typename: 'Shelf', keeper: null }, null, { __typename: 'Book', id: 'b7' }] } }),
    lending: () => ({ data: null, errors: [subgraphError({ message: 'lost', path: ['_entities', 0, 'lent'] }, 'lending')] }),
    people: () => ({ data: { _entities: [] } }),
  });
  expect(errors?.map(({ path }) => path)).toEqual([['things', 2, 'lent']]);
});

test('where a value has to be and is not, what holds it is null, and the place is told', async () => {
  const { data, extensions } = await run('{ shelves { row } thing { ... on Shelf { number: row } } }', {
    catalogue: () => ({ data: { shelves: [{ row: 1 }, { row: 'two' }], thing: { __typename: 'Shelf' } } }),
  });
  expect(data).toBeNull();
  expect(extensions?.valueCompletion.map(({ message, path }) => [message, path])).toEqual([
    ['Invalid value found for field Shelf.row.', ['shelves', 1, 'row']],
  ]);
  const nullable = await run('{ thing { ... on Shelf { number: row } } }', {
    catalogue: () => ({ data: { thing: { __typename: 'Shelf' } } }),
  });
  expect(nullable.data).toEqual({ thing: null });
  expect(nullable.extensions?.valueCompletion.map(({ message }) => message)).toEqual([
    'Cannot return null for non-nullable field Shelf.number.',
  ]);
});

test('what was not asked for is not answered, nor is a value that clients may not see', async () => {
  const catalogue = () => ({ data: { genre: 'SECRET', internal: 7, thing: { __typename: 'Shelf', row: 1, keeper: { id: 'p' } } } });
  const { data } = await run('{ genre thing { ... on Shelf { row } } }', { catalogue });
  expect(data).toEqual({ genre: null, thing: { row: 1 } });
});

test('only what is asked for at once is read only: into the rest something may be put', async () => {
  const catalogue = () => ({ data: { genre: 'NOVEL', book: { __typename: 'Book', id: 'b1' } } });
  const lending = () => ({ data: { _entities: [{ lent: true }] } });
  expect((await run('{ genre }', { catalogue })).readOnly).toEqual([true]);
  expect((await run('{ book(id: "b1") { id lent } }', { catalogue, lending })).readOnly).toEqual([false, false]);
});

test('an answer of another shape than the schema has is one error for all of it', async () => {
  const { data, errors } = await run('{ shelves { row } }', { catalogue: () => ({ data: { shelves: { row: 1 } } }) });
  expect(data).toBeUndefined();
  expect(errors?.[0]?.message).toBe('A subgraph answered no list at shelves of type [Shelf!]');
});

test('fewer entities than were asked for is an error, and so are none at all', async () => {
  const catalogue = () => ({ data: { book: { __typename: 'Book', id: 'b1' } } });
  for (const _entities of [[], undefined, {}]) {
    const { data, errors } = await run('{ book(id: "b1") { id lent } }', { catalogue, lending: () => ({ data: { _entities } }) });
    expect(data).toBeNull();
    expect(errors?.[0]?.message).toMatch(/^Expected "data\._entities"/);
  }
});

test('variables go to the fetches that use them; a default is left to the subgraph', async () => {
  const query = 'query ($first: Int = 2, $yes: Boolean = true) { works(first: $first) @include(if: $yes) { id } genre @skip(if: $yes) }';
  const catalogue = () => ({ data: { works: [], genre: 'NOVEL' } });
  const byDefault = await run(query, { catalogue });
  expect([byDefault.data, byDefault.asked[0]?.variables]).toEqual([{ works: [] }, {}]);
  const { data, asked } = await run(query, { catalogue }, { yes: false, first: 1, other: 1 });
  expect([data, asked[0]?.variables]).toEqual([{ genre: 'NOVEL' }, { first: 1, yes: false }]);
});

test('nothing of a subgraph gets at what all objects inherit', async () => {
  const strange = JSON.parse('{"__typename":"Book","id":"b1","__proto__":{"stolen":true},"constructor":{"prototype":{"stolen":true}}}');
  const { data } = await run('{ book(id: "b1") { id lent } }', {
    catalogue: () => ({ data: { book: strange } }),
    lending: () => ({
      data: { _entities: [{ ...JSON.parse('{"__proto__":{"stolen":true}}'), constructor: { stolen: true }, lent: true }] },
    }),
  });
  expect(data).toEqual({ book: { id: 'b1', lent: true } });
  expect('stolen' in {}).toBe(false);
  expect('stolen' in Object).toBe(false);
});

test('what only the executor of the gateway knows how to run is left to it', () => {
  expect(compile('{ genre }')).not.toBeNull();
  expect(compile('{ __type(name: "Book") { name } }')).toBeNull();
  expect(compile('{ constructor: genre }')).toBeNull();
  expect(compile('{ __proto__: genre }')).toBeNull();
  const withContext = (plan: PlanNode | undefined) =>
    Object.assign(plan as object, { contextRewrites: [{ kind: 'KeyRenamer', path: ['..', 'a'], renameKeyTo: 'b' }] });
  expect(compile('{ genre }', withContext)).toBeNull();
  expect(compile('{ genre }', (plan) => Object.assign(plan as object, { kind: 'Defer' }))).toBeNull();
  const elsewhere = (plan: PlanNode | undefined) => Object.assign(plan as object, { kind: 'Flatten', path: ['a', '|[Book]'], node: plan });
  expect(compile('{ genre }', elsewhere)).toBeNull();
});
