import type { Log } from '@comptoir/platform/log.ts';
import type { SubscriptionReport } from '@comptoir/schema/edge-report.ts';
import { errorCatalogue, isErrorCode } from '@comptoir/schema/errors.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { EndReason, GatewayMetrics, Transport } from '../metrics.ts';
import type { Generation } from '../supergraph/generation.ts';
import { type ClientQueue, createClientQueue, type Outlet, type Told } from './client-queue.ts';
import { createCursors } from './cursors.ts';
import { type Asked, type Group, startGroup, subjectOf } from './group.ts';
import { rightsOf, shareKey } from './keys.ts';
import type { SubscriptionPlan } from './plan.ts';
import { createReplan } from './replan.ts';
import { createSharedSources, type Sink, type Source } from './shared-sources.ts';
import type { Upstreams } from './upstreams.ts';

/** Results that may wait for one client: what it missed comes faster than it reads. */
const queueLimits = { maxEvents: 10_000, maxBytes: 4 * 1024 * 1024 };
/** Results kept of each group for clients that come back, and over all of them. */
const keptResults = { maxItems: 256, maxBytes: 256 * 1024, bytesOf: ({ text }: Told) => text.length, maxTotalBytes: 64 * 1024 * 1024 };
/** Events kept of each subscription at a subgraph: enough to lead two of them together. */
const keptEvents = { maxItems: 8, maxBytes: Number.MAX_SAFE_INTEGER, bytesOf: () => 0, maxTotalBytes: Number.MAX_SAFE_INTEGER };
/** Living subscriptions that are planned anew before others get their turn. */
const replansAtOnce = 20;

export interface SubscribeRequest {
  readonly plan: SubscriptionPlan;
  /** Coerced, and only those that the plan uses. */
  readonly variables: Record<string, unknown>;
  readonly caller: Caller;
  readonly transport: Transport;
  readonly outlet: Outlet;
  /** The cursor of the last event that the client has: it is told what came after it, then what happens. Null: it begins now. */
  readonly after: string | null;
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
  /** Goes on with the next version of the supergraph: living subscriptions are planned anew, and only those it does not answer any more end, with SCHEMA_CHANGED. */
  adopt(next: Pick<Generation, 'supergraph'>): Promise<void>;
  report(): SubscriptionReport;
}

export interface SubscriptionEngineConfig {
  readonly scope: 'roles' | 'consumer';
  /** Over all connections of one consumer to this instance. */
  readonly maxPerConsumer: number;
  /** What cursors are signed with: the same on every instance that shall take them. */
  readonly secret: string;
}

export function createSubscriptionEngine(config: SubscriptionEngineConfig, deps: SubscriptionEngineDeps): SubscriptionEngine {
  const { scope, maxPerConsumer } = config;
  const { metrics, upstreams, formatError, log } = deps;
  const cursors = createCursors(config.secret);
  const groups = createSharedSources<Told>(keptResults, (_key, change) => metrics.groups(change));
  const primaries = createSharedSources<ExecutionResult>(keptEvents, (key, change) =>
    metrics.upstreams(key.slice(0, key.indexOf('\n')), change),
  );
  const living = new Set<Group>();
  const queues = new Set<ClientQueue>();
  const perConsumer = new Map<string, number>();

  const count = (consumerId: string, change: 1 | -1) => {
    const left = (perConsumer.get(consumerId) ?? 0) + change;
    if (left > 0) perConsumer.set(consumerId, left);
    else perConsumer.delete(consumerId);
  };

  /** Level one: what is asked of the subgraph. */
  function joinPrimary({ plan, variables, rights }: Asked, after: string | null, sink: Sink<ExecutionResult>): () => void {
    const { serviceName, operation, operationName, variableUsages } = plan.primary;
    const used = Object.fromEntries((variableUsages ?? []).flatMap((name) => (name in variables ? [[name, variables[name]]] : [])));
    const key = `${serviceName}\n${shareKey([operation, used, rights.key])}`;
    return primaries.join(key, { state: plan.snapshot, after }, sink, (shared, from) =>
      upstreams.subscribe(
        serviceName,
        rights,
        { query: operation, operationName, variables: used, after: from },
        {
          ...shared,
          next(item) {
            if (item.value !== undefined) metrics.event(serviceName);
            shared.next(item);
          },
        },
      ),
    );
  }

  /** Level two: what clients are answered. */
  function groupSource(asked: Asked): Source<Told> {
    return (sink, after) => {
      const ended = () => void living.delete(group);
      const group = startGroup(
        asked,
        after,
        {
          next: (item) => sink.next(item),
          complete() {
            ended();
            sink.complete();
          },
          error(error) {
            ended();
            sink.error(error);
          },
        },
        { joinPrimary, cursors, metrics, resolveDeps: () => ({ sources: deps.generation().sources, formatError, log }) },
      );
      living.add(group);
      return () => {
        ended();
        group.stop();
      };
    };
  }

  /** What a client has already, in the subgraph's words. @throws GraphQLError CURSOR_INVALID */
  function openCursor(after: string | null, subject: string): string | null {
    if (after === null) return null;
    const cursor = cursors.open(after, subject);
    if (cursor === null) {
      metrics.resumed('refused');
      throw new GraphQLError(errorCatalogue.CURSOR_INVALID.meaning, { extensions: { code: 'CURSOR_INVALID' } });
    }
    return cursor;
  }

  function masked(error: GraphQLError, after: string | undefined): GraphQLError {
    const { message, extensions } = formatError(error.toJSON(), error);
    const code = extensions?.code;
    // With it the client goes on where that is of use.
    const cursor = after !== undefined && isErrorCode(code) && errorCatalogue[code].retryable ? { cursor: after } : {};
    return new GraphQLError(message, { extensions: { ...extensions, ...cursor } });
  }

  return {
    subscribe({ variables, caller, transport, outlet, after, plan: planned }) {
      const refuse = (error: GraphQLError): Subscription => {
        outlet.fail(masked(error, undefined));
        return { drained: () => undefined, stop: () => undefined };
      };
      if ((perConsumer.get(caller.consumerId) ?? 0) >= maxPerConsumer) {
        const message = `A consumer has at most ${maxPerConsumer} subscriptions at a time`;
        return refuse(new GraphQLError(message, { extensions: { code: 'OPERATION_LIMIT' } }));
      }
      const rights = rightsOf(caller, scope);
      let plan: SubscriptionPlan;
      let subject: string;
      let cursor: string | null;
      try {
        // The supergraph may have been replaced since it was planned.
        plan = createReplan(deps.generation().supergraph)(planned, variables);
        subject = subjectOf(plan, variables, rights);
        cursor = openCursor(after, subject);
      } catch (error) {
        return refuse(error as GraphQLError);
      }

      let over = false;
      let leave: (() => void) | undefined;
      const end = (reason: EndReason) => {
        if (over) return;
        over = true;
        queue.close();
        queues.delete(queue);
        leave?.();
        count(caller.consumerId, -1);
        metrics.subscriptionEnded(reason);
      };
      const queue = createClientQueue(
        { ...queueLimits, coalesce: plan.snapshot, onCoalesced: metrics.coalesced, onDropped: metrics.dropped },
        {
          write(result) {
            metrics.delivery(transport);
            return outlet.write(result);
          },
          mark: (at) => outlet.mark(at),
          end() {
            end('complete');
            outlet.end();
          },
          fail(error, handed) {
            if (error.extensions.code === 'CURSOR_EXPIRED') metrics.resumed('expired');
            end(endReasonOf(error));
            outlet.fail(masked(error, handed));
          },
        },
      );
      queues.add(queue);
      count(caller.consumerId, 1);
      metrics.subscriptionStarted();
      leave = groups.join(
        shareKey([plan.key, variables, rights.key]),
        { state: plan.snapshot, after: cursor, onResumed: metrics.resumed },
        {
          next(item) {
            if (item.value) queue.push(item.value);
            else if (item.cursor !== undefined) queue.mark(cursors.sign(item.cursor, subject));
          },
          complete: () => queue.end(),
          error: (error) => queue.fail(error),
        },
        groupSource({ plan, variables, rights, caller }),
      );
      if (over) leave();
      return { drained: () => queue.drained(), stop: end };
    },

    async adopt({ supergraph }) {
      const replan = createReplan(supergraph);
      let done = 0;
      for (const group of [...living]) {
        if (!living.has(group)) continue;
        try {
          group.adopt(replan(group.plan, group.variables));
        } catch (error) {
          group.fail(error as GraphQLError);
        }
        if (++done % replansAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      upstreams.follow();
    },

    report: () => ({
      subscriptions: [...perConsumer.values()].reduce((sum, subscriptions) => sum + subscriptions, 0),
      groups: groups.topics(),
      upstreams: primaries.topics(),
      consumers: perConsumer.size,
      keptBytes: groups.keptBytes(),
      waitingBytes: [...queues].reduce((sum, queue) => sum + queue.waitingBytes(), 0),
    }),
  };
}

function endReasonOf({ extensions: { code } }: GraphQLError): EndReason {
  if (code === 'SLOW_CONSUMER') return 'slow_consumer';
  if (code === 'CURSOR_EXPIRED') return 'cursor_expired';
  return code === 'SCHEMA_CHANGED' ? 'schema_changed' : 'upstream_error';
}
