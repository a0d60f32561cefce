import { executeQueryPlan } from '@apollo/gateway';
import type { Log } from '@comptoir/platform/log.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { subgraphError } from '../fetch/errors.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { eventService, type SubscriptionPlan } from './plan.ts';

export interface ResolveDeps {
  readonly sources: ReadonlyMap<string, SubgraphSource>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Log;
}

/**
 * Runs the rest of the plan for one event, through Apollo's own executor: the primary fetch is answered by the event itself, the others by their subgraphs.
 * Nothing is kept from one event to the next. Never rejects; answers the JSON text of the execution result, which all who share it are sent, with the event's cursor where it has one.
 */
export async function resolveEvent(
  plan: SubscriptionPlan,
  event: ExecutionResult,
  variables: Record<string, unknown>,
  context: GatewayContext,
  cursor: string | undefined,
  { sources, formatError, log }: ResolveDeps,
): Promise<string> {
  let result: ExecutionResult;
  let dangling = false;
  try {
    const { primary, supergraph } = plan;
    const serviceMap = Object.fromEntries(
      Array.from(sources, ([name, source]) => [name, noting(source, () => (dangling = true))]),
    ) as unknown as Parameters<typeof executeQueryPlan>[1];
    serviceMap[eventService] = {
      process: async () => ({
        // The executor merges answers into what it is given, and the event may be shared with other operations.
        data: structuredClone(event.data) as Record<string, unknown> | null,
        ...(event.errors && { errors: event.errors.map((error) => subgraphError(error, primary.serviceName)) }),
      }),
    };
    const requestContext = { logger: log, schema: supergraph.schema, context, metrics: {}, request: { variables }, response: {} };
    result = await executeQueryPlan(
      plan.perEvent,
      serviceMap,
      requestContext as never,
      plan.operationContext,
      supergraph.supergraphSchema,
      supergraph.apiSchema,
    );
  } catch (error) {
    result = {
      data: null,
      errors: [
        error instanceof GraphQLError ? error : new GraphQLError('The event could not be resolved', { originalError: error as Error }),
      ],
    };
  }
  const errors = [...(result.errors ?? []), ...completionErrors(result, dangling)].map((error) =>
    formatError(error instanceof GraphQLError ? error.toJSON() : error, error),
  );
  return JSON.stringify({
    data: result.data ?? null,
    ...(errors.length > 0 && { errors }),
    ...(cursor !== undefined && { extensions: { cursor } }),
  });
}

type Process = SubgraphSource['process'];

/** The source, which tells where a subgraph does not have an entity that another one refers to. */
function noting({ process }: { process: Process }, dangles: () => void): { process: Process } {
  return {
    async process(options) {
      const answer = await process(options);
      const { _entities: entities } = answer.data ?? {};
      if (Array.isArray(entities) && entities.includes(null)) dangles();
      return answer;
    },
  };
}

/**
 * The executor tells of a null where none may be only in an extension; clients look for it among the errors. A reference to what is not there is null and no
 * error, as in queries, unless it takes everything with it.
 */
function completionErrors({ data, errors, extensions }: ExecutionResult, dangling: boolean): GraphQLError[] {
  const found = extensions?.valueCompletion;
  if (errors?.length || !Array.isArray(found) || (dangling && data)) return [];
  return found.map(
    ({ message, path }: GraphQLFormattedError) =>
      new GraphQLError(message, { path: path ?? null, extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } }),
  );
}
