import type { Role } from '@comptoir/platform/principal.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../auth/caller.ts';
import type { RestFault } from './faults.ts';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the client sent, checked. */
export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The header Idempotency-Key of a POST. */
  readonly idempotencyKey: string | undefined;
}

/** A page of the graph: keyset pagination, as every connection of the SDL has it. */
export interface Connection {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly totalCount: number;
}

/** An outcome of a mutation as the document selects it. */
export interface Outcome {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** A sentence, or how to make it from the outcome and the request. */
export type Words<Input> = string | ((outcome: Outcome, input: Input) => string | undefined);

/** One status a route can answer, as the description tells it. */
export interface RouteResponse {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** By name; each validates against `schema`, which a test proves. */
  readonly examples?: Readonly<Record<string, unknown>>;
  /** Where it is not JSON. */
  readonly mediaType?: string;
}

interface RouteBasics {
  readonly method: RestMethod;
  /** As OpenAPI writes it, without a trailing slash: /api/bugs/{bug_id} */
  readonly path: string;
  /** A name for generated clients; unique. */
  readonly operationId: string;
  /** In French, like everything a client of the facade reads. */
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** What it answers of its own, the success first. What every route can answer (401, 429, 503, …) is added by itself. */
  readonly responses: Readonly<Record<number, RouteResponse>>;
}

/** A route of the facade: a GraphQL document and two mappings. From it come the Fastify route, its validation and its OpenAPI description. */
export interface RestRoute<Params, Query, Body, Item, Data> extends RouteBasics {
  readonly request?: {
    /** Every part of the path in braces; texts or `integerParam`. */
    readonly params?: z.ZodType<Params>;
    /** Parameters that it does not name are ignored: clients add some to get around caches. */
    readonly query?: z.ZodType<Query>;
    /** A strict object: unknown fields are faults. */
    readonly body?: z.ZodType<Body>;
    readonly bodyExamples?: Readonly<Record<string, unknown>>;
    /** 100 KiB where left out. */
    readonly maxBodyBytes?: number;
  };
  /** A query or mutation. Selects `__typename` on unions: their refusals (outcomes.ts) are answered without the route's doing. */
  readonly document: string;
  /** Particular words for outcomes that are refusals, in French, by the name of the outcome's type; those in general are in outcomes.ts. */
  readonly refusals?: Readonly<Record<string, Words<RouteInput<Params, Query, Body>>>>;
  /** What fields of the graph are called here, by their names there: for the faults that the graph finds in them. */
  readonly fieldNames?: Readonly<Record<string, string>>;
  readonly variables?: (input: RouteInput<Params, Query, Body>) => Record<string, unknown>;
  /** The body of the answer, from the data of the document (for a list: from one node). Throws a Refusal to answer something else. */
  readonly respond: (item: Item, input: RouteInput<Params, Query, Body>) => unknown;
  /**
   * Makes it a list: `limit` and `offset` or `page` and `size` are added to its query, the total to its headers, and `respond` is called once for each node.
   * The document takes `$first: Int!` and `$after: String`, and `$offset: Int` where the graph passes over nodes by itself, and selects nodes, pageInfo and
   * totalCount. Where the graph gives something whole, it takes none of them and `wholeList` makes the page.
   */
  readonly list?: (data: Data) => Connection;
  /** For routes whose clients know another answer than 422 to faults in the body. */
  readonly invalidBody?: (faults: readonly RestFault[]) => { readonly status: number; readonly body: unknown };
}

/** A route that another part of the gateway serves and that is only described here. */
export interface DescribedRoute extends RouteBasics {
  readonly servedElsewhere: true;
}

/** What is to be told of a route that the gateway answers by itself. */
export interface OwnRouteDescription extends RouteBasics {
  /** Any one of which suffices. */
  readonly roles: readonly Role[];
}

/** A route that the gateway answers by itself, of what it alone knows. The rules for every route hold for it too. */
export interface OwnRoute extends OwnRouteDescription {
  /** The body of the answer; undefined for one without. */
  readonly answer: () => Promise<unknown>;
  /** Answers who accepts `text/event-stream`, and nothing ends but the client, the loss of a right or a stop; undefined where there is only the one answer. */
  readonly stream?: (request: FastifyRequest, reply: FastifyReply, caller: Caller) => void;
}

/** Any route, whatever its types: how they are kept in lists. */
// biome-ignore lint/suspicious/noExplicitAny: the types of a route meet only inside its definition.
export type AnyRestRoute = RestRoute<any, any, any, any, any>;

/** Gives a definition its types: those of the request are inferred from its schemas, that of the data is said by `respond`. */
export function defineRoute<Params, Query, Body, Item, Data>(
  route: RestRoute<Params, Query, Body, Item, Data>,
): RestRoute<Params, Query, Body, Item, Data> {
  return route;
}

/** The status and description of a route's success: the first 2xx it names. */
export function successOf(route: { readonly responses: RouteBasics['responses'] }): {
  readonly status: number;
  readonly response: RouteResponse;
} {
  for (const [status, response] of Object.entries(route.responses)) if (status.startsWith('2')) return { status: Number(status), response };
  throw new Error('The route names no success');
}
