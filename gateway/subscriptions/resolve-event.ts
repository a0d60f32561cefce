import type { Log } from '@comptoir/platform/log.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { ExecutionAnswer } from '../execution/compile-operation.ts';
import { executeByApollo } from '../execution/execute-by-apollo.ts';
import { copyOf } from '../execution/json.ts';
import { subgraphError } from '../fetch/errors.ts';
import type { SubgraphAnswer, SubgraphSource } from '../fetch/subgraph-source.ts';
import { eventService, type SubscriptionPlan } from './plan.ts';

export interface ResolveDeps {
  readonly sources: ReadonlyMap<string, SubgraphSource>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Log;
}

/**
 * Runs the plan for one event: the primary fetch is answered by the event itself, the others by their subgraphs. Nothing is kept from one event to the next.
 * Never rejects; answers the JSON text of the execution result, which all who share it are sent, with the event's cursor where it has one.
 */
export async function resolveEvent(
  plan: SubscriptionPlan,
  event: ExecutionResult,
  variables: Record<string, unknown>,
  context: GatewayContext,
  cursor: string | undefined,
  { sources, formatError, log }: ResolveDeps,
): Promise<string> {
  const told: Pick<SubgraphSource, 'fetch'> = { fetch: async () => answerOf(event, plan) };
  const execution = { context, variables, sources: { get: (name: string) => (name === eventService ? told : sources.get(name)) } };
  let result: ExecutionAnswer;
  try {
    const byApollo = () =>
      executeByApollo({ ...plan, plan: plan.perEvent }, execution, { services: [eventService, ...sources.keys()], log });
    result = await (plan.compiled ? plan.compiled(execution) : byApollo());
  } catch (error) {
    const said =
      error instanceof GraphQLError ? error : new GraphQLError('The event could not be resolved', { originalError: error as Error });
    result = { data: null, errors: [said], dangles: false };
  }
  const errors = [...(result.errors ?? []), ...completionErrors(result)].map((error) => formatError(error.toJSON(), error));
  return JSON.stringify({
    data: result.data ?? null,
    ...(errors.length > 0 && { errors }),
    ...(cursor !== undefined && { extensions: { cursor } }),
  });
}

/** The event as the answer to the primary fetch. Executors merge answers into it, and it may be shared with other operations. */
function answerOf({ data, errors }: ExecutionResult, { primary, changesEvents }: SubscriptionPlan): SubgraphAnswer {
  return {
    data: changesEvents ? copyOf(data) : data,
    ...(errors && { errors: errors.map((error) => subgraphError(error, primary.serviceName)) }),
  } as SubgraphAnswer;
}

/**
 * Executors tell of a null where none may be only in an extension; clients look for it among the errors. A reference to what is not there is null and no
 * error, as in queries, unless it takes everything with it.
 */
function completionErrors({ data, errors, extensions, dangles }: ExecutionAnswer): GraphQLError[] {
  if (errors?.length || !extensions || (dangles && data)) return [];
  return extensions.valueCompletion.map(
    ({ message, path }) => new GraphQLError(message, { path: path ?? null, extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } }),
  );
}
