import fc from 'fast-check';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { operationCost } from '../operation-cost.ts';
import { createKnownCosts } from './known-costs.ts';

const schema = buildSchema(`
  type Query { things(first: Int = 20, like: String): [Thing] }
  type Thing { id: ID things(limit: Int): [Thing] }
`);
const document = parse(`query ($first: Int = 3, $limit: Int, $with: Boolean = true, $like: String) {
  things(first: $first, like: $like) { id ...Inner @include(if: $with) }
}
fragment Inner on Thing { things(limit: $limit) { id } }`);
const operation = getOperationAST(document)!;

test('a cost that is known is the cost that would be worked out, whatever the variables are', () => {
  const costOf = createKnownCosts();
  const value = fc.oneof(fc.nat(30), fc.boolean(), fc.constantFrom(null, 'x', '7', {}, [3], -1, 1.5));
  const variables = fc.record({ first: value, limit: value, with: value, like: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(variables, (given) => {
      const request = { schema, document, operation, variables: given };
      expect(costOf(request)).toBe(operationCost(request));
    }),
  );
});
