import { type GraphQLSchema, parse, validate } from 'graphql';
import type { AnyRestRoute } from './define-route.ts';

/**
 * The routes whose documents a graph can answer, and those that it cannot: a gateway may be started with any supergraph, also one without the parts that
 * some routes are views of.
 */
export function answerableRoutes(routes: readonly AnyRestRoute[], schema: GraphQLSchema): { served: AnyRestRoute[]; left: AnyRestRoute[] } {
  const { served = [], left = [] } = Object.groupBy(routes, ({ document }) =>
    validate(schema, parse(document)).length === 0 ? 'served' : 'left',
  );
  return { served, left };
}
