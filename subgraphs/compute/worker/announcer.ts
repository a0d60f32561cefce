import type { BrokerLink } from '@comptoir/platform/broker/link.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { eventsExchange, type WireOperation } from '@comptoir/schema/topology.ts';
import { type AnnouncedState, announceIntervalMs } from '../domain/worker-state.ts';

export interface Announcer {
  start(): void;
  /** Simulated work begins on this task. */
  busy(requestId: string): void;
  /** Waits for a task again; told with the next announcement, for the result says it already. */
  idle(): void;
  /** Says goodbye, if it can within the time. */
  stop(): Promise<void>;
}

const goodbyeTimeoutMs = 1_000;

/** Tells what a worker is doing: when it starts, every few seconds, when a task takes long, and when it stops. A lost one is made up for by the next. */
export function createAnnouncer(
  { id, operation }: { id: string; operation: WireOperation },
  { link, log }: { link: BrokerLink; log: Log },
): Announcer {
  let state: AnnouncedState = 'IDLE';
  let requestId: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let forget: () => void = () => undefined;

  async function tell(): Promise<void> {
    const event: MessageOf<'calcul.worker'> = {
      event: 'calcul_worker',
      timestamp: new Date().toISOString(),
      worker_id: id,
      operation,
      state,
      ...(requestId !== null && { request_id: requestId }),
    };
    await link
      .publish({
        exchange: eventsExchange,
        routingKey: 'calcul.worker',
        content: Buffer.from(JSON.stringify(event)),
        properties: { type: 'calcul.worker', persistent: false },
      })
      .catch((error: unknown) => log.debug({ event: 'announcement_lost', err: error }, 'nobody was told'));
  }

  return {
    start() {
      forget = link.onState((linkState) => {
        if (linkState === 'connected') void tell();
      });
      timer = setInterval(() => void tell(), announceIntervalMs);
      if (link.state() === 'connected') void tell();
    },
    busy(task) {
      state = 'BUSY';
      requestId = task;
      void tell();
    },
    idle() {
      state = 'IDLE';
      requestId = null;
    },
    async stop() {
      clearInterval(timer);
      forget();
      state = 'GONE';
      requestId = null;
      const overdue = Promise.withResolvers<void>();
      const timeout = setTimeout(overdue.resolve, goodbyeTimeoutMs);
      await Promise.race([tell(), overdue.promise]);
      clearTimeout(timeout);
    },
  };
}
