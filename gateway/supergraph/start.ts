import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { GatewayConfig } from '../config.ts';
import { createGeneration, type GenerationDeps } from './generation.ts';
import { createGenerations, type Generations } from './generations.ts';
import { createSupergraphMetrics } from './metrics.ts';
import { supergraphOrigin } from './origin.ts';
import { createRecentOperations, type KnownOperation } from './recent-operations.ts';
import { warmUp } from './warm-up.ts';
import { watchSupergraph } from './watch.ts';

const defaultRequestBudgetMs = 15_000;
/** At the start somebody waits for the gateway; later nobody does. */
const startWarmUpMs = 2_000;
const reloadWarmUpMs = 10_000;

export interface StartDeps extends Omit<GenerationDeps, 'recent' | 'metrics'> {
  readonly counters: GenerationDeps['metrics'];
  readonly metrics: Metrics;
  /** Operations that are planned for each version before it serves, beside those that clients sent of late. */
  readonly expected: readonly KnownOperation[];
}

/**
 * Loads the supergraph, and each next version of it as long as the gateway runs.
 * @throws Error saying what is wrong with the first one: there is nothing to go on with.
 */
export async function startSupergraph(
  config: GatewayConfig,
  deps: StartDeps,
): Promise<{ generations: Generations; stop(): Promise<void> }> {
  const { log, counters, expected } = deps;
  const origin = supergraphOrigin(config);
  const metrics = createSupergraphMetrics(deps.metrics);
  const recent = createRecentOperations();

  let serving = false;

  async function build(sdl: string) {
    const generation = await createGeneration(sdl, config, { ...deps, metrics: counters, recent });
    const begun = performance.now();
    const plans = await warmUp(generation, [...recent.mostSeen(), ...expected], {
      atMostMs: serving ? reloadWarmUpMs : startWarmUpMs,
      log,
    });
    metrics.warmed(plans, (performance.now() - begun) / 1_000);
    return generation;
  }

  // Looked at before it is read: a change in between is one that the watch will see. Where it cannot be looked at, reading it says why.
  const seenFirst = (await origin.look?.().catch(() => null)) ?? null;
  const generations = createGenerations(await build(await origin.read()), {
    budgetMs: config.requestBudgetMs ?? defaultRequestBudgetMs,
    log,
  });
  serving = true;
  metrics.serves(generations.current().version);
  generations.onReplace(({ version }) => metrics.serves(version));
  const stopWatching = watchSupergraph(origin, seenFirst, { generations, build, metrics, log });
  return {
    generations,
    async stop() {
      await stopWatching();
      await generations.stop();
    },
  };
}
