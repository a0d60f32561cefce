import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Told } from './client-queue.ts';
import { type Cursors, cursorSubject } from './cursors.ts';
import type { Rights } from './keys.ts';
import { createOrderedWindow } from './ordered-window.ts';
import type { SubscriptionPlan } from './plan.ts';
import { samePrimary } from './replan.ts';
import { type ResolveDeps, resolveEvent } from './resolve-event.ts';
import type { Item, Sink } from './shared-sources.ts';

/** Events of one group that are resolved at a time. */
const resolutionsAtOnce = 16;
/** Events that may wait for it: the results of the largest batch. */
const maxWaitingEvents = 40_000;

/** What all clients of a group asked for. */
export interface Asked {
  readonly plan: SubscriptionPlan;
  readonly variables: Record<string, unknown>;
  readonly rights: Rights;
  readonly caller: Caller;
}

/** Clients of the same operation, variables and rights: each event is resolved once for all of them. */
export interface Group {
  readonly plan: SubscriptionPlan;
  readonly variables: Record<string, unknown>;
  /** Goes on with the plan of another version of the supergraph, after the last event it has taken. Where the subgraph is asked the same, it is not asked again. */
  adopt(plan: SubscriptionPlan): void;
  fail(error: GraphQLError): void;
  stop(): void;
}

export interface GroupDeps {
  /** Joins what is asked of the subgraph; returns how to leave. */
  readonly joinPrimary: (asked: Asked, after: string | null, sink: Sink<ExecutionResult>) => () => void;
  readonly resolveDeps: () => ResolveDeps;
  readonly cursors: Cursors;
  readonly metrics: GatewayMetrics;
}

/** Starts a group, which tells the sink of each event after the cursor, or from now on. */
export function startGroup(asked: Asked, after: string | null, sink: Sink<Told>, deps: GroupDeps): Group {
  const { variables, rights, caller } = asked;
  const { metrics, cursors } = deps;
  let { plan } = asked;
  let subject = subjectOf(plan, variables, rights);
  /** The last place that was taken from the subgraph: events up to there are told, or on their way. */
  let taken = after;
  let leave: (() => void) | undefined;
  let over = false;
  const abort = new AbortController();
  const context = { caller: { ...rights.principal, limits: caller.limits }, signal: abort.signal };

  const window = createOrderedWindow<Item<ExecutionResult>, Item<Told>>({
    width: resolutionsAtOnce,
    maxWaiting: maxWaitingEvents,
    coalesce: plan.snapshot,
    onCoalesced: metrics.coalesced,
    async work({ cursor, value }) {
      if (value === undefined) return { cursor, value };
      metrics.resolution();
      const signed = cursor === undefined ? undefined : cursors.sign(cursor, subject);
      return { cursor, value: { text: await resolveEvent(plan, value, variables, context, signed, deps.resolveDeps()), cursor: signed } };
    },
    deliver: (item) => sink.next(item),
    onOverflow: () =>
      fail(new GraphQLError('Events come faster than they can be resolved', { extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } })),
  });

  const stop = () => {
    over = true;
    leave?.();
    window.close();
    abort.abort(new Error('nobody is subscribed any more'));
  };
  const fail = (error: GraphQLError) => {
    if (over) return;
    stop();
    sink.error(error);
  };
  const join = () => {
    leave = deps.joinPrimary({ ...asked, plan }, taken, {
      next(item) {
        taken = item.cursor ?? taken;
        window.push(item);
      },
      // Both wait behind the events that are still being resolved.
      complete: () => window.end(() => sink.complete()),
      error: (error) => window.end(() => sink.error(error)),
    });
    if (over) leave();
  };
  join();

  return {
    get plan() {
      return plan;
    },
    variables,
    adopt(next) {
      const moves = !samePrimary(plan, next);
      plan = next;
      subject = subjectOf(plan, variables, rights);
      if (!moves || over) return;
      leave?.();
      join();
    },
    fail,
    stop,
  };
}

/** What the cursors of a subscription are signed for. */
export function subjectOf(
  { primary, fieldName, argumentsOf }: SubscriptionPlan,
  variables: Record<string, unknown>,
  rights: Rights,
): string {
  return cursorSubject(primary.serviceName, fieldName, argumentsOf(variables), rights.key);
}
