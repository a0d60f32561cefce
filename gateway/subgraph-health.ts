import type { CheckResult, Health, HealthReport } from '@comptoir/platform/health.ts';
import { anonymousCaller } from './auth/caller.ts';
import type { SubgraphSource } from './fetch/subgraph-source.ts';

/**
 * Tells of each subgraph in the readiness report, with what the subgraph says of its own dependencies.
 * None is critical: without one the gateway answers for the others. Returns how to stop telling.
 */
export function watchSubgraphs(
  { sources, urls }: { sources: ReadonlyMap<string, SubgraphSource>; urls: ReadonlyMap<string, string> },
  health: Health,
): () => Promise<void> {
  const forget = [...sources].map(([name, source]) =>
    health.register(
      `subgraph:${name}`,
      async (signal) => (await readinessOf(urls.get(name) ?? '', signal)) ?? (await pulseOf(source, signal)),
      { critical: false },
    ),
  );
  return async () => {
    for (const each of forget) each();
  };
}

/** Null for a subgraph that was not made with our platform and has no such probe. */
async function readinessOf(url: string, signal: AbortSignal): Promise<CheckResult | null> {
  const response = await fetch(new URL('/health/ready', url), { signal });
  if (response.status === 404 || !response.headers.get('content-type')?.includes('json')) return null;
  const { status, dependencies } = (await response.json()) as Partial<HealthReport>;
  if (!status || !dependencies) return null;
  const ailing = Object.entries(dependencies).filter(([, { state }]) => state !== 'up');
  if (ailing.length === 0) return status === 'ready' ? { state: 'up' } : { state: 'down', detail: status };
  const detail = ailing.map(([name, { state, detail }]) => `${name} ${state}${detail ? `: ${detail}` : ''}`).join('; ');
  return { state: response.ok ? 'degraded' : 'down', detail };
}

async function pulseOf(source: SubgraphSource, signal: AbortSignal): Promise<CheckResult> {
  const { errors } = await source.ask({ query: '{__typename}' }, { caller: anonymousCaller, signal });
  return errors?.[0] ? { state: 'degraded', detail: errors[0].message } : { state: 'up' };
}
