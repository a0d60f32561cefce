import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GatewayContext } from '../context.ts';
import type { GraphResult } from '../graph.ts';
import type { GatewayMetrics, Transport } from '../metrics.ts';
import type { PersistedOperations } from '../persisted/persisted.ts';
import type { Outlet } from '../subscriptions/client-queue.ts';
import type { Subscription, SubscriptionEngine } from '../subscriptions/engine.ts';
import type { OperationRequest, Prepared } from '../subscriptions/prepare.ts';

/** What the transports of subscriptions need of the gateway. */
export interface OperationRunner {
  readonly prepare: (request: OperationRequest) => Prepared;
  readonly engine: SubscriptionEngine;
  /** Runs a query or mutation. */
  readonly execute: (request: OperationRequest, context: GatewayContext) => Promise<GraphResult>;
  /** Finds the text of an operation that is named by its digest, and refuses those that may not be asked. */
  readonly persisted: PersistedOperations;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly metrics: GatewayMetrics;
}

/** The errors of a request that cannot be run, as clients may see them. */
export function publicErrors(errors: readonly GraphQLError[], { formatError }: Pick<OperationRunner, 'formatError'>): GraphQLError[] {
  return errors.map((error) => {
    const { message, extensions } = formatError(error.toJSON(), error);
    return new GraphQLError(message, { nodes: error.nodes, extensions: extensions ?? null });
  });
}

/** Begins a prepared subscription for a client. */
export function begin(
  prepared: Extract<Prepared, { kind: 'subscription' }>,
  request: { caller: Caller; transport: Transport; outlet: Outlet; name: string | null; after: string | null },
  { engine, metrics }: OperationRunner,
): Subscription {
  metrics.operation({ name: request.name, type: 'subscription', failed: false });
  return engine.subscribe({ ...request, plan: prepared.plan, variables: prepared.variables });
}
