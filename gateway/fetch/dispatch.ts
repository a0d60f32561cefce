import { deadlineHeader } from '@comptoir/platform/deadline.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { type RawAnswer, readAnswer } from './answer.ts';
import type { Balancer } from './balancer.ts';
import type { Instance } from './instance.ts';
import type { FetchMetrics } from './metrics.ts';
import { PostError } from './post.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface Call {
  readonly body: string;
  /** The call's own: what is left of its time is added for each attempt. */
  readonly headers: Record<string, string>;
  /** False for mutations: they are made again only where nothing can have come of the first time. */
  readonly repeatable: boolean;
  /** When nobody waits any more, by `performance.now()`; may be never. */
  readonly deadlineAt: number;
  readonly signal?: AbortSignal | undefined;
}

/** There is no answer to be had. */
export class DispatchError extends Error {
  override readonly name = 'DispatchError';
  /** When it may be worth another try. */
  readonly retryAfterMs: number;

  constructor(message: string, { cause, retryAfterMs = 1_000 }: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

export interface DispatchConfig {
  readonly service: string;
  /** For one attempt. */
  readonly timeoutMs: number;
}

export interface DispatchDeps {
  readonly instances: readonly Instance[];
  readonly balancer: Balancer;
  readonly budget: RetryBudget;
  readonly counters: Pick<GatewayMetrics, 'fetched'>;
  readonly metrics: FetchMetrics;
}

const attemptsAtMost = 3;
const firstPauseMs = 50;

/** How one attempt ended without an answer. */
interface Failure {
  readonly reason: 'timeout' | 'unreachable' | 'too_large' | 'aborted' | 'stopping' | 'unusable' | 'overdue' | 'left_alone';
  /** Something may have come of it. */
  readonly begun: boolean;
  readonly cause: unknown;
}

/**
 * Makes a call of one of the instances, and again of another one where that can do no harm: within the deadline, within the share that retries have, and
 * never of one whose breaker is open.
 */
export function createDispatch({ service, timeoutMs }: DispatchConfig, deps: DispatchDeps) {
  const { instances, balancer, budget, counters, metrics } = deps;

  /** In its turn. A request that never was sent says nothing of the instance. */
  async function attempt(instance: Instance, call: Call): Promise<RawAnswer | Failure> {
    const startedAt = performance.now();
    const untilAt = Math.min(startedAt + timeoutMs, call.deadlineAt);
    instance.inFlight++;
    try {
      const entered = instance.lane.enter(untilAt, call.signal);
      const entry = entered === 'in' ? entered : await entered;
      if (entry === 'in') return await send(instance, call, untilAt);
      counters.fetched(service, entry, (performance.now() - startedAt) / 1_000);
      return { reason: entry, begun: false, cause: new Error(`Not sent: ${instance.label} had too much to do`) };
    } finally {
      instance.inFlight--;
    }
  }

  async function send(instance: Instance, { body, headers, signal }: Call, untilAt: number): Promise<RawAnswer | Failure> {
    // Who has waited in the lane may find that it failed too often meanwhile.
    if (!instance.breaker.allows()) {
      instance.lane.leave();
      return { reason: 'left_alone', begun: false, cause: new Error(`${instance.label} failed too often`) };
    }
    const startedAt = performance.now();
    // Whole milliseconds: Node keeps a list of timers for each duration there is, and a fraction would be one of its own each time.
    const leftMs = Math.max(1, Math.ceil(untilAt - startedAt));
    const judge = instance.breaker.begin();
    const answeredBefore = instance.answered;
    let answeredInMs: number | undefined;
    let outcome = 'ok';
    try {
      headers[deadlineHeader] = String(leftMs);
      const result = await instance.poster.post(body, headers, leftMs, signal);
      answeredInMs = performance.now() - startedAt;
      const reading = readAnswer(result);
      if (reading.kind === 'answer') {
        instance.answered++;
        judge('ok');
        // Several are looked at by checks of their own; one that stops still answers what it has begun.
        if (instances.length === 1) instance.setHealthy(true);
        return reading.answer;
      }
      outcome = reading.kind;
      // One that stops does so in order: that is no failure of it, and it is left at once.
      judge(reading.kind === 'stopping' ? 'neutral' : 'failed');
      if (reading.kind === 'stopping') instance.setHealthy(false);
      return { reason: reading.kind, begun: reading.kind !== 'stopping', cause: new Error(`HTTP ${result.status}`) };
    } catch (error) {
      if (!(error instanceof PostError)) throw error;
      const { fault, sent } = error;
      outcome = fault;
      // With less than its whole time, while others were answered, it was late and the instance is not away.
      const late = fault === 'timeout' && leftMs < timeoutMs && instance.answered > answeredBefore;
      judge(!late && (fault === 'timeout' || fault === 'unreachable') ? 'failed' : 'neutral');
      if (fault === 'unreachable' && !sent) instance.setHealthy(false);
      return { reason: fault, begun: sent, cause: error };
    } finally {
      instance.lane.leave(answeredInMs);
      counters.fetched(service, outcome, (performance.now() - startedAt) / 1_000);
    }
  }

  /** Whether to try again, and how long to wait before. */
  function again(failure: Failure, call: Call, tried: ReadonlySet<Instance>, attempts: number): number | null {
    const { reason, begun } = failure;
    if (attempts >= attemptsAtMost || reason === 'aborted' || reason === 'too_large' || reason === 'overdue') return null;
    if (begun && !call.repeatable) return null;
    const elsewhere = instances.some((instance) => !tried.has(instance));
    // Who let us wait this long would again.
    if (reason === 'timeout' && !elsewhere) return null;
    // What never began has cost nobody anything: it does not count as more load.
    if ((begun || !elsewhere) && !budget.spend()) {
      metrics.budgetSpent(service);
      return null;
    }
    const pauseMs = elsewhere ? 0 : Math.random() * firstPauseMs * 2 ** attempts;
    return performance.now() + pauseMs < call.deadlineAt ? pauseMs : null;
  }

  return async function dispatch(call: Call): Promise<RawAnswer> {
    budget.earn();
    let tried: Set<Instance> | undefined;
    for (let attempts = 1; ; attempts++) {
      const instance = balancer.pick({ repeatable: call.repeatable, not: tried });
      if (!instance) {
        metrics.refused(service);
        throw new DispatchError('It failed too often and is left alone for a while', {
          retryAfterMs: Math.min(...instances.map(({ breaker }) => breaker.retryAfterMs())),
        });
      }
      const result = await attempt(instance, call);
      if (!('reason' in result)) return result;
      if (result.reason === 'left_alone') continue;
      tried ??= new Set();
      tried.add(instance);
      const pauseMs = again(result, call, tried, attempts);
      if (pauseMs === null)
        throw new DispatchError(result.reason, { cause: result.cause, retryAfterMs: Math.max(1_000, instance.lane.waitMs()) });
      metrics.retried(service, result.reason);
      if (pauseMs > 0) await pause(pauseMs, call.signal);
    }
  };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
    // The next attempt finds out and says so.
    signal?.addEventListener('abort', end, { once: true });
  });
}
