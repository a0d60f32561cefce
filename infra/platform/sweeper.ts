import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Service } from './service.ts';

export interface SweeperConfig {
  readonly name: string;
  readonly intervalMs: number;
  /** Removes some of what is due; false where nothing was. What it throws is logged, and it is called again after the interval. */
  readonly sweep: (signal: AbortSignal) => Promise<boolean>;
}

/** Calls `sweep` every so often, and again at once as long as it finds something. */
export function createSweeper({ name, intervalMs, sweep }: SweeperConfig, { log }: { log: Log }): Service {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        if (await sweep(signal)) continue;
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ event: 'sweep_failed', sweeper: name, err: error }, 'what is due could not be removed; tried again in a while');
      }
      await delay(intervalMs, undefined, { signal }).catch(() => undefined); // only an abort rejects it
    }
  }

  return {
    name,
    async start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
