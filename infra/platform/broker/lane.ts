import type { Log } from '../log.ts';
import { backoffMs, pause } from './backoff.ts';
import { openSession, type Session } from './session.ts';

/** A session that lasted this long was a good one: the next delay begins from the shortest. */
const steadyMs = 5_000;

export interface LaneConfig {
  readonly url: string;
  readonly name: string;
  readonly log: Log;
  /** Runs on each new connection before it counts as open. */
  readonly setUp: (session: Session) => Promise<void>;
  readonly onChange: () => void;
}

/** Keeps one connection to the broker: opens it, sets it up, and does so again whenever it is lost, for ever, with growing delay. */
export interface Lane {
  start(): void;
  stop(): Promise<void>;
  /** The open connection, if there is one. */
  session(): Session | null;
  /** The open connection, once there is one; null when the signal aborts or the lane stops. */
  opened(signal: AbortSignal): Promise<Session | null>;
}

export function createLane({ url, name, log, setUp, onChange }: LaneConfig): Lane {
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  let current: Session | null = null;
  let opening: Session | null = null;
  let running: Promise<void> | undefined;

  const setCurrent = (session: Session | null) => {
    current = session;
    for (const wake of [...waiting]) wake();
    onChange();
  };

  async function run(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      const since = performance.now();
      let session: Session | null = null;
      let reason: Error;
      try {
        session = await openSession({ url, name, log, signal: stopping.signal });
        opening = session;
        await setUp(session);
        if (session.isLost()) throw await session.lost;
        if (stopping.signal.aborted) return await session.close();
        log.info({ event: 'broker_connected', connection: name, product: session.product() }, 'connected to the broker');
        setCurrent(session);
        reason = await session.lost;
      } catch (error) {
        reason = error as Error;
        await session?.close();
      }
      opening = null;
      if (current) setCurrent(null);
      if (stopping.signal.aborted) return;
      if (performance.now() - since > steadyMs) attempt = 0;
      const delayMs = Math.round(backoffMs(attempt));
      log.warn({ event: 'broker_away', connection: name, reason: reason.message, retryInMs: delayMs }, 'no connection to the broker');
      await pause(delayMs, stopping.signal);
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      for (const wake of [...waiting]) wake();
      await (current ?? opening)?.close();
      await running;
    },
    session: () => current,
    async opened(signal) {
      while (!current) {
        if (signal.aborted || stopping.signal.aborted) return null;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          waiting.add(wake);
          signal.addEventListener('abort', wake, { once: true });
        });
      }
      return signal.aborted ? null : current;
    },
  };
}
