import { type BrokerLink, QueueMissingError } from '@comptoir/platform/broker/link.ts';
import type { Log } from '@comptoir/platform/log.ts';
import { calculationQueues } from '@comptoir/schema/topology.ts';
import { hasPage, type ManagedQueue, managedQueues, publicUrl, vhostOf } from './management.ts';

export interface QueueStatus {
  readonly name: string;
  readonly ready: number;
  readonly unacked: number;
  readonly consumers: number;
}

export interface QueueReport {
  /** False: the figures are the last known ones. */
  readonly reachable: boolean;
  readonly broker: string | null;
  readonly managementUrl: string | null;
  readonly queues: readonly QueueStatus[];
  readonly observedAt: Date;
}

export interface QueueReporterConfig {
  readonly amqpUrl: string;
  readonly managementUrl: string | null;
}

export interface QueueReporterDeps {
  readonly link: BrokerLink;
  /** Tasks that workers say they are at, by queue: what is known of unacknowledged messages without the management API. */
  readonly busyWorkers: () => Promise<ReadonlyMap<string, number>>;
  readonly log: Log;
}

const managementTimeoutMs = 2_000;
const emptyQueues = calculationQueues.map((name) => ({ name, ready: 0, unacked: 0, consumers: 0 }));

/**
 * Asks the broker how the queues of the calculations stand: for messages that wait and consumers by passive declaration, which is exact; for unacknowledged ones, which
 * AMQP does not tell, the management API where there is one. Callers at the same time share one look. Never rejects for want of a broker.
 */
export function createQueueReporter({ amqpUrl, managementUrl }: QueueReporterConfig, { link, busyWorkers, log }: QueueReporterDeps) {
  let known: QueueReport = { reachable: false, broker: null, managementUrl: null, queues: emptyQueues, observedAt: new Date() };
  let looking: Promise<QueueReport> | null = null;
  let page: string | null | undefined;

  async function declared(name: string): Promise<{ ready: number; consumers: number }> {
    try {
      return await link.checkQueue(name);
    } catch (error) {
      if (error instanceof QueueMissingError) return { ready: 0, consumers: 0 }; // the link is about to declare it again
      throw error;
    }
  }

  async function managed(): Promise<Map<string, ManagedQueue> | null> {
    if (managementUrl === null) return null;
    try {
      const signal = AbortSignal.timeout(managementTimeoutMs);
      const totals = await managedQueues(managementUrl, vhostOf(amqpUrl), signal);
      // Asked once: a page does not come and go.
      if (page === undefined) page = (await hasPage(managementUrl, signal)) ? publicUrl(managementUrl) : null;
      return totals;
    } catch (error) {
      log.debug({ event: 'management_unreachable', err: error }, 'the broker’s management API does not answer');
      return null;
    }
  }

  async function look(): Promise<QueueReport> {
    try {
      const [totals, queues] = await Promise.all([
        managed(),
        Promise.all(calculationQueues.map(async (name) => ({ name, ...(await declared(name)) }))),
      ]);
      const busy = totals ? null : await busyWorkers();
      known = {
        reachable: true,
        broker: link.product(),
        managementUrl: totals ? (page ?? null) : null,
        queues: queues.map((queue) => ({ ...queue, unacked: totals?.get(queue.name)?.unacked ?? busy?.get(queue.name) ?? 0 })),
        observedAt: new Date(),
      };
      return known;
    } catch (error) {
      log.debug({ event: 'broker_unreachable', err: error }, 'the broker does not say how its queues stand');
      known = { ...known, reachable: false };
      return { ...known, observedAt: new Date() };
    }
  }

  return {
    report(): Promise<QueueReport> {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
}

export type QueueReporter = ReturnType<typeof createQueueReporter>;

/** Everything but when it was asked. */
export const reportFingerprint = ({ observedAt: _, ...report }: QueueReport) => JSON.stringify(report);
