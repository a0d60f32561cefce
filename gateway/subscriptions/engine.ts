import type { Log } from '@comptoir/platform/log.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { EndReason, GatewayMetrics, Transport } from '../metrics.ts';
import type { Generation } from '../supergraph/generation.ts';
import { createClientQueue, type Outlet } from './client-queue.ts';
import { type Rights, rightsOf, shareKey } from './keys.ts';
import { createOrderedWindow } from './ordered-window.ts';
import type { SubscriptionPlan } from './plan.ts';
import { resolveEvent } from './resolve-event.ts';
import { createSharedSources, type Sink, type Source } from './shared-sources.ts';
import type { Upstreams } from './upstreams.ts';

/** Results that may wait for one client. */
const maxClientEvents = 100;
/** Events of one operation that are resolved at a time. */
const resolutionsAtOnce = 16;
/** Events that may wait for it: the results of the largest batch. */
const maxWaitingEvents = 40_000;

export interface SubscribeRequest {
  readonly plan: SubscriptionPlan;
  /** Coerced, and only those that the plan uses. */
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
  readonly transport: Transport;
  readonly outlet: Outlet;
}

/** One client's subscription. */
export interface Subscription {
  /** The outlet has room again. */
  drained(): void;
  /** The client has gone, or is sent away. */
  stop(reason: Extract<EndReason, 'client' | 'shutdown'>): void;
}

export interface SubscriptionEngineDeps {
  /** The version of the supergraph that serves now. */
  readonly generation: () => Pick<Generation, 'supergraph' | 'sources'>;
  readonly upstreams: Upstreams;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Federated subscriptions. Shared on two levels: clients of the same operation, variables and rights are one group, for which each event is resolved once;
 * groups whose operations ask the same of the same subgraph share one subscription there.
 */
export interface SubscriptionEngine {
  subscribe(request: SubscribeRequest): Subscription;
}

export interface SubscriptionEngineConfig {
  readonly scope: 'roles' | 'consumer';
  /** Over all connections of one consumer to this instance. */
  readonly maxPerConsumer: number;
}

export function createSubscriptionEngine(
  { scope, maxPerConsumer }: SubscriptionEngineConfig,
  deps: SubscriptionEngineDeps,
): SubscriptionEngine {
  const { metrics, upstreams } = deps;
  const groups = createSharedSources<string>((_key, change) => metrics.groups(change));
  const primaries = createSharedSources<ExecutionResult>((key, change) => metrics.upstreams(key.slice(0, key.indexOf('\n')), change));

  const perConsumer = new Map<string, number>();
  const count = (consumerId: string, change: 1 | -1) => {
    const left = (perConsumer.get(consumerId) ?? 0) + change;
    if (left > 0) perConsumer.set(consumerId, left);
    else perConsumer.delete(consumerId);
  };

  /** Level one: what is asked of the subgraph. */
  function joinPrimary(
    plan: SubscriptionPlan,
    variables: Record<string, unknown>,
    rights: Rights,
    sink: Sink<ExecutionResult>,
  ): () => void {
    const { serviceName, operation, operationName, variableUsages } = plan.primary;
    const used = Object.fromEntries((variableUsages ?? []).flatMap((name) => (name in variables ? [[name, variables[name]]] : [])));
    return primaries.join(`${serviceName}\n${shareKey([operation, used, rights.key])}`, plan.snapshot, sink, (shared) =>
      upstreams.subscribe(
        serviceName,
        rights,
        { query: operation, operationName, variables: used },
        {
          ...shared,
          next(event) {
            metrics.event(serviceName);
            shared.next(event);
          },
        },
      ),
    );
  }

  /** Level two: what clients are answered. */
  function groupSource(plan: SubscriptionPlan, variables: Record<string, unknown>, caller: Caller, rights: Rights): Source<string> {
    return (group) => {
      const abort = new AbortController();
      // The plan was made on this version; what replaces it has other schemas and perhaps other addresses.
      const { supergraph, sources } = deps.generation();
      const context = { caller: { ...rights.principal, limits: caller.limits }, signal: abort.signal };
      const window = createOrderedWindow<ExecutionResult, string>({
        width: resolutionsAtOnce,
        maxWaiting: maxWaitingEvents,
        coalesce: plan.snapshot,
        work(event) {
          metrics.resolution();
          return resolveEvent(plan, event, variables, context, { ...deps, supergraph, sources });
        },
        deliver: (result) => group.next(result),
        onOverflow() {
          stop();
          group.error(upstreamFailed('Events come faster than they can be resolved'));
        },
      });
      const leave = joinPrimary(plan, variables, rights, {
        next: (event) => window.push(event),
        // Both wait behind the events that are still being resolved.
        complete: () => window.end(() => group.complete()),
        error: (error) => window.end(() => group.error(error)),
      });
      const stop = () => {
        leave();
        window.close();
        abort.abort(new Error('nobody is subscribed any more'));
      };
      return stop;
    };
  }

  return {
    subscribe({ plan, variables, caller, transport, outlet }) {
      if ((perConsumer.get(caller.consumerId) ?? 0) >= maxPerConsumer) {
        outlet.fail(
          new GraphQLError(`A consumer has at most ${maxPerConsumer} subscriptions at a time`, { extensions: { code: 'OPERATION_LIMIT' } }),
        );
        return { drained: () => undefined, stop: () => undefined };
      }
      let over = false;
      const rights = rightsOf(caller, scope);
      const end = (reason: EndReason) => {
        if (over) return;
        over = true;
        queue.close();
        leave?.();
        count(caller.consumerId, -1);
        metrics.subscriptionEnded(reason);
      };
      const queue = createClientQueue(
        { maxEvents: maxClientEvents, coalesce: plan.snapshot, onCoalesced: metrics.coalesced },
        {
          write(result) {
            metrics.delivery(transport);
            return outlet.write(result);
          },
          end() {
            end('complete');
            outlet.end();
          },
          fail(error) {
            end(error.extensions.code === 'SLOW_CONSUMER' ? 'slow_consumer' : 'upstream_error');
            outlet.fail(masked(error, deps.formatError));
          },
        },
      );
      let leave: (() => void) | undefined;
      count(caller.consumerId, 1);
      metrics.subscriptionStarted();
      leave = groups.join(
        shareKey([plan.key, variables, rights.key]),
        plan.snapshot,
        { next: (result) => queue.push(result), complete: () => queue.end(), error: (error) => queue.fail(error) },
        groupSource(plan, variables, caller, rights),
      );
      if (over) leave();
      return { drained: () => queue.drained(), stop: end };
    },
  };
}

function upstreamFailed(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } });
}

function masked(error: GraphQLError, formatError: SubscriptionEngineDeps['formatError']): GraphQLError {
  const { message, extensions } = formatError(error.toJSON(), error);
  return new GraphQLError(message, { extensions: extensions ?? null });
}
