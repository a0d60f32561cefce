import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from './auth/caller.ts';

/** One operation that a part of the gateway itself wants to run on behalf of a caller. */
export interface GraphRequest {
  /** The text of a query or mutation. The same text every time: parsed documents and plans are kept by it. */
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  readonly principal: Caller;
  /** Ends the fetches to the subgraphs when the request is given up. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of the client's request; only tracing ones (`traceparent`, `x-request-id`) are handed on. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>> | undefined;
  /** As in GatewayContext. */
  readonly fence?: string | undefined;
}

/** What an operation answers: never thrown errors, those are in `errors` with a code of the catalogue. */
export interface GraphResult {
  /** Undefined where the operation was not run: then the errors say why. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, which only its author knows.
  readonly data: Record<string, any> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** The federated graph as the other parts of the gateway use it. */
export interface Graph {
  execute(request: GraphRequest): Promise<GraphResult>;
  /** Mutations that subgraphs have answered so far: who reads after one does not share what was begun before it. */
  written(): number;
  /** True once the supergraph is loaded and until the gateway stops. */
  ready(): boolean;
}
