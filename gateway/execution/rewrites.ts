import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isJsonObject, type JsonObject } from './json.ts';
import { namesWithin } from './types.ts';

/** Changes what is sent to a subgraph, or what it answered, in place. */
export type Rewrite = (value: JsonObject) => void;

type Walk = (value: unknown, change: Rewrite) => void;

const fragmentPrefix = '... on ';

/** The rewrites of a fetch as one. They are needed where an entity or a field has another name in the subgraph than in the answer. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, supergraph: GraphQLSchema): Rewrite | null {
  if (!rewrites?.length) return null;
  const each = rewrites.map((rewrite) => compileRewrite(rewrite, supergraph));
  return (value) => {
    for (const rewrite of each) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, supergraph: GraphQLSchema): Rewrite {
  const field = rewrite.path.at(-1)!;
  const walk = rewrite.path.slice(0, -1).reduceRight<Walk>((next, part) => stepInto(part, next, supergraph), eachObject);
  const change: Rewrite =
    rewrite.kind === 'ValueSetter'
      ? (object) => {
          object[field] = rewrite.setValueTo;
        }
      : (object) => {
          const value = Object.hasOwn(object, field) ? object[field] : undefined;
          if (!value) return;
          object[rewrite.renameKeyTo] = value;
          object[field] = undefined;
        };
  return (value) => walk(value, change);
}

function stepInto(part: string, next: Walk, supergraph: GraphQLSchema): Walk {
  if (!part.startsWith(fragmentPrefix))
    return (value, change) => eachObject(value, (object) => next(Object.hasOwn(object, part) ? object[part] : undefined, change));
  const names = namesWithin(part.slice(fragmentPrefix.length), supergraph);
  return (value, change) =>
    eachObject(value, (object) => {
      const { __typename: name } = object;
      if (!name || names.has(name)) next(object, change);
    });
}

const eachObject: Walk = (value, change) => {
  if (Array.isArray(value)) for (const element of value) eachObject(element, change);
  else if (isJsonObject(value)) change(value);
};
