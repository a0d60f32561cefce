import { createBatchConsumer } from '@comptoir/platform/broker/batch-consumer.ts';
import type { ConsumerDeps } from '@comptoir/platform/broker/consumer.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { allOperationsTapQueue, resultQueue, workerEventsQueue } from '@comptoir/schema/topology.ts';
import { recordAnnouncements } from '../commands/record-announcements.ts';
import { type HeardTask, recordForeignTasks } from '../commands/record-foreign-tasks.ts';
import { type ReceivedResult, recordResults } from '../commands/record-results.ts';
import { fromWireValue } from '../domain/arithmetic.ts';
import { momentOf } from '../domain/moment.ts';
import { fromWireOperation, fromWireSource } from '../domain/operations.ts';
import { service } from '../name.ts';
import type { Announcement } from '../store/workers.ts';

export interface IncomingDeps extends ConsumerDeps {
  readonly database: Database;
  readonly metrics: Metrics;
}

const maxBatch = 500;
const maxWaitMs = 5;

export function toReceivedResult(body: MessageOf<'calculation.result'>, now: Date): ReceivedResult {
  const operation = fromWireOperation(body.operation);
  return {
    taskId: body.request_id,
    n1: body.n1,
    n2: body.n2,
    operation,
    source: fromWireSource(body.source),
    value: fromWireValue(body.result, operation, body.n1, body.n2),
    workerId: body.worker_id,
    processingSeconds: body.processing_time ?? 0,
    completedAt: momentOf(body.timestamp, now),
  };
}

export function toHeardTask(body: MessageOf<'calculation.task'>): HeardTask {
  return { id: body.request_id, n1: body.n1, n2: body.n2, source: fromWireSource(body.source) };
}

export function toAnnouncement(body: MessageOf<'calcul.worker'>, now: Date): Announcement {
  return {
    workerId: body.worker_id,
    operation: fromWireOperation(body.operation),
    state: body.state,
    taskId: body.state === 'BUSY' ? (body.request_id ?? null) : null,
    at: momentOf(body.timestamp, now),
  };
}

/** What compute takes from the broker: results, tasks that others published for all operations, and what workers say of themselves. */
export function createConsumers({ database, metrics, ...deps }: IncomingDeps, { onWorkers }: { onWorkers: () => void }): Service[] {
  const outcomesCounter = metrics.counter({
    name: 'compute_results_total',
    help: 'Results taken from the broker, by what became of them: stored, duplicate, late (cancelled before) or refused.',
    labelNames: ['outcome'],
  });
  const probe = (signal: AbortSignal) => database.ping(signal);
  const shared = { ...deps, metrics, probe };

  return [
    createBatchConsumer(
      {
        service,
        queue: resultQueue,
        type: 'calculation.result',
        maxBatch,
        maxWaitMs,
        async handle(messages, { signal }) {
          const now = new Date();
          const outcomes = await recordResults(
            database,
            messages.map(({ body }) => toReceivedResult(body, now)),
            signal,
          );
          for (const outcome of outcomes) outcomesCounter.inc({ outcome: outcome instanceof Error ? 'refused' : outcome });
          return outcomes.map((outcome) => (outcome instanceof Error ? outcome : 'ok'));
        },
      },
      shared,
    ),
    createBatchConsumer(
      {
        service,
        queue: allOperationsTapQueue,
        type: 'calculation.task',
        maxBatch,
        maxWaitMs,
        handle: (messages, { signal }) =>
          recordForeignTasks(
            database,
            messages.map(({ body }) => toHeardTask(body)),
            signal,
          ),
      },
      shared,
    ),
    createBatchConsumer(
      {
        service,
        queue: workerEventsQueue,
        type: 'calcul.worker',
        maxBatch: 100,
        maxWaitMs: 20,
        async handle(messages, { signal }) {
          const now = new Date();
          await recordAnnouncements(
            database,
            messages.map(({ body }) => toAnnouncement(body, now)),
            signal,
          );
          onWorkers();
          return messages.map(() => 'ok' as const);
        },
      },
      shared,
    ),
  ];
}
