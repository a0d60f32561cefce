import { type GraphQLSchema, parse, validate } from 'graphql';
import type { AnyRestRoute } from './define-route.ts';

/**
 * Those of the routes whose documents a graph can answer: a gateway may be started with any supergraph, also one without the parts that some routes are
 * views of. Found out once for each version of the graph; `onLeft` is told then which routes it cannot answer.
 */
export function createAnswerableRoutes(
  routes: readonly AnyRestRoute[],
  schema: () => GraphQLSchema,
  onLeft: (left: readonly AnyRestRoute[]) => void,
): () => ReadonlySet<AnyRestRoute> {
  const documents = routes.map((route) => ({ route, document: parse(route.document) }));
  const known = new WeakMap<GraphQLSchema, ReadonlySet<AnyRestRoute>>();

  return () => {
    const current = schema();
    let served = known.get(current);
    if (!served) {
      served = new Set(documents.filter(({ document }) => validate(current, document).length === 0).map(({ route }) => route));
      known.set(current, served);
      const found = served;
      if (found.size < routes.length) onLeft(routes.filter((route) => !found.has(route)));
    }
    return served;
  };
}
