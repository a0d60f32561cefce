import { buildSchema, execute, parse } from 'graphql';
import { expect, it } from 'vitest';
import { runnerOf } from './runner.ts';

const schema = buildSchema('type Query { q: Int } type Subscription { ticked: Tick! } type Tick { at: Int! of: [String] }');
const events = [
  { ticked: { at: 1, of: ['a', Promise.resolve('b')] } },
  { ticked: async () => ({ at: null }) },
  { ticked: new Error('no tick') },
];

it.each([
  ['that is compiled', 'subscription { ticked { at of } }', {}],
  ['that is left to graphql-js', 'subscription ($with: Boolean!) { ticked { at of @include(if: $with) } }', { with: true }],
])('an operation %s is run for each event, as by graphql-js', async (_which, source, variableValues) => {
  const args = { schema, document: parse(source), variableValues };
  const run = runnerOf(args);
  for (const rootValue of events) {
    const expected = await execute({ ...args, rootValue });
    expect(JSON.stringify(await run({}, rootValue))).toBe(JSON.stringify(expected));
  }
});
