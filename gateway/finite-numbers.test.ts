import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { finiteNumbersRule } from './finite-numbers.ts';

const schema = buildSchema('type Query { half(of: Float!): Float }');
const faultsOf = (document: string) => validate(schema, parse(document), [finiteNumbersRule]).map(({ message }) => message);

test('every number too large for a double is named', () => {
  const digits = '9'.repeat(400);
  expect(faultsOf(`{ a: half(of: 1e999) b: half(of: -${digits}) c: half(of: 3.5) }`)).toEqual([
    '1e999 is not a finite number',
    `-${digits} is not a finite number`,
  ]);
});
