import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import type { Graph, GraphRequest } from '../graph.ts';
import { createTestCalculator, type TestCalculator } from './test-calculator.ts';
import { createTestShop, type TestShop } from './test-shop.ts';

/** The schema that clients of the gateway see. */
export function apiSchema(): GraphQLSchema {
  return buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'));
}

/** A graph of the real schema that calculates and sells in this process: stands at the interface Graph, where the federated one stands. */
export interface TestGraph extends Graph {
  readonly requests: GraphRequest[];
  readonly calculator: TestCalculator;
  readonly shop: TestShop;
  /** Mutations answered so far. */
  mutations: number;
  /** Thrown by every field while it is set. */
  failure: Error | null;
}

export function createTestGraph(): TestGraph {
  const schema = apiSchema();
  const calculator = createTestCalculator();
  const shop = createTestShop();

  const test: TestGraph = {
    requests: [],
    calculator,
    shop,
    mutations: 0,
    failure: null,
    ready: () => true,
    written: () => test.mutations,
    async execute(request) {
      test.requests.push(request);
      if (test.failure) return { data: null, errors: [(test.failure as GraphQLError).toJSON()] };
      const { data, errors } = await graphql({
        schema,
        source: request.document,
        rootValue: { ...calculator.fields, ...shop.fields },
        variableValues: { ...request.variables },
        operationName: request.operationName,
      });
      if (request.document.startsWith('mutation')) test.mutations++;
      return { data: (data ?? null) as Record<string, unknown> | null, errors: errors?.map((error) => error.toJSON()) };
    },
  };
  return test;
}
