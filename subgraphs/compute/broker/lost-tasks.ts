import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerLink } from '@comptoir/platform/broker/link.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { resultQueue, taskQueue } from '@comptoir/schema/topology.ts';
import { reissueLostTasks } from '../commands/reissue-lost-tasks.ts';
import { type SingleOperation, singleOperations, toWireOperation } from '../domain/operations.ts';

export interface LostTasksConfig {
  readonly intervalMs: number;
  /** A task that was sent this long ago and that no queue holds is lost: longer than a worker takes for one. */
  readonly graceMs: number;
  /** The same for tasks sent before the link came back to the broker, counted from then: a broker that was away may have lost its data. */
  readonly reconnectGraceMs: number;
  /** Tasks sent again in one turn at most. */
  readonly limit: number;
}

export const defaultLostTasks: LostTasksConfig = { intervalMs: 1_000, graceMs: 30_000, reconnectGraceMs: 3_000, limit: 1_000 };

export interface LostTasksDeps {
  readonly database: Database;
  readonly link: BrokerLink;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Looks for tasks that the broker lost and has them sent again: their queue is empty, and so is the one of the results, and still they have none long after they
 * were sent. So a broker that lost everything only delays work.
 */
export function createLostTasks(config: LostTasksConfig, { database, link, log, metrics }: LostTasksDeps): Service {
  const { intervalMs, graceMs, reconnectGraceMs, limit } = config;
  const stopping = new AbortController();
  const reissued = metrics.counter({
    name: 'compute_tasks_reissued_total',
    help: 'Messages of tasks sent again because the broker had lost them.',
  });
  let connectedAt: Date | null = null;
  let forget = () => undefined as undefined | boolean;
  let running: Promise<void> | undefined;

  const isEmpty = async (queue: string) => (await link.checkQueue(queue)).ready === 0;

  async function look(): Promise<void> {
    if (connectedAt === null || link.state() !== 'connected' || !(await isEmpty(resultQueue))) return;
    const operations: SingleOperation[] = [];
    for (const operation of singleOperations) if (await isEmpty(taskQueue(toWireOperation(operation)))) operations.push(operation);
    if (operations.length === 0) return;
    const count = await reissueLostTasks(database, { operations, sentBefore: boundary(connectedAt), limit });
    if (count === 0) return;
    reissued.inc(count);
    log.warn({ event: 'tasks_reissued', messages: count, operations }, 'tasks that the broker lost are sent again');
  }

  /** What was sent before is old enough to be missed. */
  function boundary(connected: Date): Date {
    const aged = Date.now() - graceMs;
    return new Date(Date.now() - connected.getTime() >= reconnectGraceMs ? Math.max(aged, connected.getTime()) : aged);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await delay(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      // Whatever it is, it is looked at again in the next turn.
      await look().catch((error: unknown) => log.debug({ event: 'lost_tasks_failed', err: error }, 'could not look for lost tasks'));
    }
  }

  return {
    name: 'lost tasks',
    async start() {
      if (running) return;
      const noteState = (state: ReturnType<BrokerLink['state']>) => {
        if (state === 'connected') connectedAt ??= new Date();
        else if (state !== 'blocked') connectedAt = null;
      };
      noteState(link.state());
      const end = link.onState(noteState);
      forget = () => {
        end();
        return undefined;
      };
      running = run();
    },
    async stop() {
      forget();
      stopping.abort();
      await running;
    },
  };
}
