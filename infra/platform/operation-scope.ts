import type { Log } from './log.ts';
import type { Principal } from './principal.ts';
import { fromNow, type SubscriptionStart } from './subscription-start.ts';

/** What a subgraph's context is made from, anew for each request and for each event of a subscription. */
export interface OperationScope {
  readonly principal: Principal;
  /** Fires when nobody waits for the answer any more: the client left, its time is over, or the subscription ended. */
  readonly signal: AbortSignal;
  /** Its lines carry the trace's and the request's ids. */
  readonly log: Log;
  readonly requestId: string;
  /** Where a subscription begins; its field takes it by `startOf`. */
  readonly takeStart?: (() => SubscriptionStart) | undefined;
}

/**
 * Over HTTP the resolvers see a shallow copy of the context (Apollo Server makes it): no private members, and what they assign to it is not seen when
 * it is disposed of. May return an object with `[Symbol.asyncDispose]`: it is called when the request, or the event, is done.
 */
export type ContextFactory<C extends object> = (scope: OperationScope) => C | Promise<C>;

/** On the context itself and not beside it: Apollo Server hands a copy of its own properties to the resolvers. */
const scopeKey = Symbol('scope');
type Scoped = { [scopeKey]?: OperationScope };

export interface Contexts<C extends object> {
  open(scope: OperationScope): Promise<C>;
  /** Disposes of a context; what that throws is logged, as the answer is out already. */
  close(context: C): Promise<void>;
  principalOf(context: unknown): Principal;
  scopeOf(context: unknown): OperationScope;
}

function scopeOf(context: unknown): OperationScope {
  const scope = (context as Scoped)[scopeKey];
  if (!scope) throw new Error('not a context of this subgraph');
  return scope;
}

/** Where the subscription of this context is to begin. Its field must take it and go on after the cursor: a subscription whose start nobody took is refused rather than begun anew. */
export function startOf(context: object): SubscriptionStart {
  return scopeOf(context).takeStart?.() ?? fromNow;
}

/** Makes contexts and remembers whose they are, so that a context need not carry the principal where rights are checked. */
export function createContexts<C extends object>(factory: ContextFactory<C>): Contexts<C> {
  return {
    async open(scope) {
      const context = await factory(scope);
      if (scopeKey in context) throw new Error('context() must return a new object each time');
      return Object.assign(context, { [scopeKey]: scope });
    },
    async close(context) {
      try {
        await (context as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
      } catch (error) {
        scopeOf(context).log.error({ event: 'context_dispose_failed', err: error }, 'a context left something behind');
      }
    },
    principalOf: (context) => scopeOf(context).principal,
    scopeOf,
  };
}
