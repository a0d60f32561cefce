import type { Log } from '../log.ts';
import { backoffMs, pause } from './backoff.ts';
import type { Consumption } from './consumption.ts';

export interface OutageGateConfig {
  readonly queue: string;
  readonly consumption: () => Consumption;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Resolves once what was away is back. */
  readonly probe?: (signal: AbortSignal) => Promise<unknown>;
  readonly onPaused: (paused: boolean) => void;
}

/** Where a consumer's handlers wait while what they need is away: nothing new is taken, nothing at hand is given back, no attempt is used up. */
export interface OutageGate {
  /** Resolves when it is worth another try, or when the consumer stops. */
  pass(error: unknown): Promise<void>;
  /** Something worked: the next outage begins with the shortest wait. */
  worked(): void;
}

const delays = { firstMs: 250, maxMs: 15_000 };

export function createOutageGate({ queue, consumption, log, signal, probe, onPaused }: OutageGateConfig): OutageGate {
  let attempt = 0;
  let waiting: Promise<void> | null = null;

  async function waitItOut(error: unknown): Promise<void> {
    log.warn({ event: 'consumer_paused', queue, err: error }, 'consuming pauses: something needed is away');
    onPaused(true);
    await consumption().pause();
    while (await pause(backoffMs(attempt++, delays), signal)) {
      try {
        await probe?.(signal);
        log.info({ event: 'consumer_resumed', queue }, 'consuming goes on');
        break;
      } catch (cause) {
        log.debug({ event: 'consumer_probe_failed', queue, err: cause }, 'still away');
      }
    }
    consumption().resume();
    onPaused(false);
  }

  return {
    pass(error) {
      waiting ??= waitItOut(error).finally(() => {
        waiting = null;
      });
      return waiting;
    },
    worked() {
      if (!waiting) attempt = 0;
    },
  };
}
