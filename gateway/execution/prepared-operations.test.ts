import { createMetrics } from '@comptoir/platform/metrics.ts';
import type { GraphQLFormattedError } from 'graphql';
import { expect, test } from 'vitest';
import { anonymousCaller } from '../auth/caller.ts';
import { finiteNumbersRule } from '../finite-numbers.ts';
import { createKnownCosts } from '../guards/known-costs.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { defaultOperationLimits, operationLimitRules } from '../operation-limits.ts';
import { createPlanCache } from '../plan-cache.ts';
import { createCompiledOperations } from './compiled-operations.ts';
import { createPreparedOperations } from './prepared-operations.ts';
import { createLibrary, librarySupergraph } from './testing/library.ts';

const supergraph = librarySupergraph();
const context = { caller: anonymousCaller };

function setUp({ failures = 0, limited = '', cost = defaultOperationLimits.cost } = {}) {
  const registered = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  const metrics = createGatewayMetrics(registered);
  const library = createLibrary({ seed: 3, nulls: 0, failures, strangers: 0 });
  const removals: (readonly string[])[] = [];
  const limits = { ...defaultOperationLimits, cost };
  const prepared = createPreparedOperations(
    {
      rules: [...operationLimitRules(limits, { tellLimits: true }), finiteNumbersRule],
      guard: { limits, tellLimits: true, costOf: createKnownCosts() },
    },
    {
      supergraph,
      operations: createCompiledOperations({ supergraph, plans: createPlanCache(metrics), metrics }),
      sources: library.sources,
      fields: { isLimited: (field) => field === limited },
      cache: { remove: async (tags) => void removals.push(tags) },
      metrics,
      formatError: ({ path }: GraphQLFormattedError) => ({ message: 'masked', ...(path && { path }) }),
    },
  );
  const run = async (query: string, variables = {}, operationName?: string | null) => {
    const found = await prepared.find({ query, variables, operationName });
    return found && prepared.run(found, variables, context);
  };
  return { run, library, removals, metrics: registered };
}

const book = 'query Own($id: ID!) { book(id: $id) { id postage } }';

test('an operation is answered over all the subgraphs that it takes, and counted', async () => {
  const { run, library, metrics } = setUp();
  expect(await run(book, { id: 'book-1' })).toEqual({
    data: { book: { id: 'book-1', postage: expect.any(Number) } },
    broke: false,
  });
  expect(library.asked.map(({ service }) => service)).toEqual(['catalogue', 'lending']);
  await run(book, { id: 'book-2' });
  const told = await metrics.registry.metrics();
  expect(told).toMatch(/graphql_operations_total\{.*Own.*\} 2/);
  expect(told).toMatch(/query_plan_cache_total\{.*hit.*\} 1/);
});

test('an operation is known by its text and, where a request names one, by the name it has', async () => {
  const { run } = setUp();
  expect(await run(book, { id: 'book-1' }, 'Own')).not.toBeNull();
  expect(await run(book, { id: 'book-1' }, null)).not.toBeNull();
  expect(await run(book, { id: 'book-1' }, 'Other')).toBeNull();
  expect(await run(book, { id: 'book-1' }, '')).toBeNull();
});

test('what goes wrong in a subgraph is masked as for any client', async () => {
  const { run } = setUp({ failures: 1 });
  expect(await run('{ genre }')).toEqual({
    data: { genre: null },
    errors: [{ message: 'masked', path: ['genre'] }],
    broke: false,
  });
});

test('a mutation removes what it changes from the cache, also where it failed, and a query removes nothing', async () => {
  for (const failures of [0, 1]) {
    const { run, removals } = setUp({ failures });
    await run('{ genre }');
    expect(removals).toEqual([]);
    await run('mutation { burn(id: "book-1") { id } }');
    expect(removals).toHaveLength(1);
  }
});

test('what is refused, and what is counted by client, goes the way of everybody', async () => {
  const { run, library } = setUp({ limited: 'Mutation.burn', cost: 20 });
  expect(await run('{ nowhere }')).toBeNull();
  expect(await run('{ genre')).toBeNull();
  expect(await run('query A { genre } query B { genre }')).toBeNull();
  expect(await run('query A { genre } query B { genre }', {}, 'A')).toBeNull();
  expect(await run(`{ genre } # ${'a long text '.repeat(2_000)}`)).toBeNull();
  expect(await run(`{ ${'genre '.repeat(defaultOperationLimits.tokens)} }`)).toBeNull();
  expect(await run('{ __schema { queryType { name } } }')).toBeNull();
  expect(await run('mutation { burn(id: "book-1") { id } }')).toBeNull();
  expect(await run('mutation ($id: ID!) { ...M } fragment M on Mutation { fire: burn(id: $id) { id } }', { id: 'book-1' })).toBeNull();
  expect(await run(book)).toBeNull();
  expect(await run(book, { id: { of: 'another type' } })).toBeNull();
  const page = 'query ($first: Int) { works(first: $first) { id } }';
  expect(await run(page, { first: 10 })).not.toBeNull();
  expect(await run(page, { first: 21 })).toBeNull();
  expect(library.asked).toHaveLength(1);
});
