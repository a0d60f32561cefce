import type { CheckResult, Health, HealthReport } from '@comptoir/platform/health.ts';
import { anonymousCaller } from './auth/caller.ts';
import type { SubgraphSource } from './fetch/subgraph-source.ts';
import type { Generation } from './supergraph/generation.ts';
import type { Generations } from './supergraph/generations.ts';

const readinessTimeoutMs = 500;
/** How long a gateway that has just started waits for subgraphs that start with it, before it answers without them. */
const defaultPatienceMs = 30_000;

/**
 * Tells of each subgraph of the current supergraph in the readiness report, with what the subgraph says of its own dependencies. One that was reached before
 * is never critical: while it is away the gateway answers for the others. One that never was is waited for, for a while; and for as long as it takes where
 * the gateway could answer nobody: without the one that knows callers, or without any. Returns how to stop telling.
 */
export function watchSubgraphs(
  generations: Pick<Generations, 'current' | 'onReplace'>,
  health: Health,
  { patienceMs = defaultPatienceMs }: { patienceMs?: number | undefined } = {},
): () => Promise<void> {
  const reached = new Set<string>();
  const patientUntil = performance.now() + patienceMs;
  let told = register(generations.current());
  const forget = () => {
    for (const each of told.splice(0)) each();
  };
  generations.onReplace((next) => {
    forget();
    told = register(next);
  });

  function isAwaited(name: string, source: SubgraphSource): boolean {
    const { sources, keysOwner } = generations.current();
    for (const [each, { hasAnswered }] of sources) if (hasAnswered()) reached.add(each);
    return !reached.has(name) && (reached.size === 0 || source === keysOwner || performance.now() < patientUntil);
  }

  function register({ sources }: Generation): (() => void)[] {
    return Array.from(sources, ([name, source]) =>
      health.register(
        `subgraph:${name}`,
        async (signal) => {
          const [pulse, readiness] = await Promise.all([pulseOf(source, signal), readinessOf(source.pick(), signal)]);
          return withInstances(pulse.state === 'up' && readiness ? readiness : pulse, source);
        },
        { critical: () => isAwaited(name, source) },
      ),
    );
  }

  return async () => forget();
}

/** One that is not well among several is told of as well: it is what is missing when the next one goes. */
function withInstances(result: CheckResult, source: SubgraphSource): CheckResult {
  const { instances } = source.report();
  const well = instances.filter(({ healthy, state }) => healthy && state === 'closed').length;
  if (instances.length === 1 || well === instances.length || result.state === 'down') return result;
  const detail = [`${well} of ${instances.length} instances take requests`, result.detail].filter((part) => part !== undefined).join('; ');
  return { ...result, state: 'degraded', detail };
}

/** Null for a subgraph that was not made with our platform: it may do anything with an address it does not know. */
async function readinessOf(url: string, signal: AbortSignal): Promise<CheckResult | null> {
  try {
    const response = await fetch(new URL('/health/ready', url), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(readinessTimeoutMs)]),
    });
    const { status, dependencies } = (await response.json()) as Partial<HealthReport>;
    if (!status || !dependencies) return null;
    const ailing = Object.entries(dependencies).filter(([, { state }]) => state !== 'up');
    if (ailing.length === 0) return { state: response.ok ? 'up' : 'down', ...(status !== 'ready' && { detail: status }) };
    const detail = ailing.map(([name, { state, detail }]) => `${name} ${state}${detail ? `: ${detail}` : ''}`).join('; ');
    return { state: response.ok ? 'degraded' : 'down', detail };
  } catch {
    // The pulse alone tells.
    return null;
  }
}

async function pulseOf(source: SubgraphSource, signal: AbortSignal): Promise<CheckResult> {
  const { errors } = await source.ask({ query: '{__typename}' }, { caller: anonymousCaller, signal });
  return errors?.[0] ? { state: 'degraded', detail: errors[0].message } : { state: 'up' };
}
