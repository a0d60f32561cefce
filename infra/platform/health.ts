import { maskUrlPasswords } from './redact.ts';

/** `degraded`: works, but not as it should; the detail says how. */
export type DependencyState = 'up' | 'degraded' | 'down';

export interface CheckResult {
  state: DependencyState;
  /** For an operator; no secrets. */
  detail?: string;
  /** Measured by the caller where the check does not say. */
  latencyMs?: number;
}

/** Finds out how a dependency is. It should listen to the signal; after a second it counts as down anyway. */
export type HealthCheck = (signal: AbortSignal) => Promise<CheckResult>;

export interface DependencyReport extends CheckResult {
  critical: boolean;
  latencyMs: number;
}

export interface HealthReport {
  /** `degraded`: ready, though some dependency is not up. `unavailable`: a critical dependency is down. */
  status: 'starting' | 'ready' | 'degraded' | 'unavailable' | 'stopping';
  ready: boolean;
  dependencies: Record<string, DependencyReport>;
}

type Looked = Omit<DependencyReport, 'critical'>;

type Phase = 'starting' | 'started' | 'stopping' | 'left';

export interface Health {
  /**
   * While a critical dependency is down the process is not ready; the state of another one is only told. Whether it is critical may change: asked for each
   * report, once all checks are done. Returns how to forget it.
   */
  register(name: string, check: HealthCheck, options: { critical: boolean | (() => boolean) }): () => void;
  /** The process serves from now on. */
  started(): void;
  /** The process takes no more requests from now on. */
  stopping(): void;
  /** Whoever balances has had the time to see it: who comes all the same is better sent away by a refused connection, which any balancer tries elsewhere. */
  left(): void;
  phase(): Phase;
  report(): Promise<HealthReport>;
}

/** Checks are bounded by `timeoutMs` and their results kept for `cacheMs`, so that probes cannot be used to load what they look at. */
export function createHealth({ timeoutMs = 1_000, cacheMs = 1_000 }: { timeoutMs?: number; cacheMs?: number } = {}): Health {
  const dependencies = new Map<string, { isCritical(): boolean; look(): Promise<Looked> }>();
  let phase: Phase = 'starting';

  return {
    register(name, check, { critical }) {
      if (dependencies.has(name)) throw new Error(`health: ${name} is registered already`);
      const isCritical = typeof critical === 'function' ? critical : () => critical;
      dependencies.set(name, { isCritical, look: cached(() => runCheck(check, timeoutMs), cacheMs) });
      return () => void dependencies.delete(name);
    },
    started() {
      if (phase === 'starting') phase = 'started';
    },
    stopping() {
      if (phase !== 'left') phase = 'stopping';
    },
    left() {
      phase = 'left';
    },
    phase: () => phase,
    async report() {
      const looked = await Promise.all(
        [...dependencies].map(async ([name, { isCritical, look }]) => ({ name, isCritical, result: await look() })),
      );
      const reports = looked.map(({ name, isCritical, result }) => [name, { ...result, critical: isCritical() }] as const);
      const status = overall(
        phase,
        reports.map(([, report]) => report),
      );
      return { status, ready: status === 'ready' || status === 'degraded', dependencies: Object.fromEntries(reports) };
    },
  };
}

function overall(phase: Phase, states: readonly DependencyReport[]): HealthReport['status'] {
  if (phase === 'left') return 'stopping';
  if (phase !== 'started') return phase;
  if (states.some(({ critical, state }) => critical && state === 'down')) return 'unavailable';
  return states.every(({ state }) => state === 'up') ? 'ready' : 'degraded';
}

/** Callers share the call in flight and, for a while, its result. */
function cached<T>(look: () => Promise<T>, cacheMs: number): () => Promise<T> {
  let last: Promise<T> | null = null;
  let freshUntil = Number.POSITIVE_INFINITY;
  return () => {
    if (last && performance.now() < freshUntil) return last;
    freshUntil = Number.POSITIVE_INFINITY;
    last = look().finally(() => {
      freshUntil = performance.now() + cacheMs;
    });
    return last;
  };
}

async function runCheck(check: HealthCheck, timeoutMs: number): Promise<Looked> {
  const begun = performance.now();
  const elapsedMs = () => Math.round((performance.now() - begun) * 10) / 10;
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'down', detail: `no answer within ${timeoutMs} ms` }), timeoutMs);
  });
  try {
    const result = await Promise.race([check(abort.signal), overdue]);
    return { ...result, latencyMs: result.latencyMs ?? elapsedMs() };
  } catch (error) {
    const detail = maskUrlPasswords(error instanceof Error ? error.message : String(error));
    return { state: 'down', detail, latencyMs: elapsedMs() };
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
