import type { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import type { JsonObject } from './json.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** By name of the subgraph. */
export interface Sources {
  get(name: string): Pick<SubgraphSource, 'fetch'> | undefined;
}

/** One execution of a compiled operation. */
export interface Run {
  readonly sources: Sources;
  readonly context: GatewayContext;
  /** As the client sent them. */
  readonly variables: Variables;
  /** All that subgraphs answered so far, put together. */
  readonly data: JsonObject;
  readonly errors: GraphQLError[];
  /** A subgraph does not have an entity that another one refers to. */
  dangles: boolean;
}

/** A part of a plan. Answers nothing: what it finds out is put into the run. */
export type Step = (run: Run) => Promise<void> | void;
