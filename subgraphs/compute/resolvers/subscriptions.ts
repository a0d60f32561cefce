import type { Database } from '@comptoir/platform/database.ts';
import { getDeadLetter } from '@comptoir/platform/dead-letters.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import { type Stated, stated } from '@comptoir/platform/stated.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-compute.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { type QueueReport, reportFingerprint } from '../broker/queue-report.ts';
import type { ComputeContext } from '../context.ts';
import { fromWireOperation, fromWireSource, toWireSource } from '../domain/operations.ts';
import type { BatchRow } from '../entities/entities.ts';
import { coalesce } from '../live/coalesce.ts';
import { followBatch } from '../live/follow-batch.ts';
import { mapEvents } from '../live/map-events.ts';
import type { SharedPoll } from '../live/shared-poll.ts';
import { readStats } from '../queries/stats.ts';
import type { ResultView } from './entities.ts';
import type { WorkerView } from './workers.ts';

export interface SubscriptionDeps {
  readonly database: Database;
  readonly feed: Feed;
  readonly queueStatus: SharedPoll<QueueReport>;
  readonly workers: SharedPoll<WorkerView[]>;
  /** Time between two states of the counters at least. */
  readonly statsIntervalMs: number;
}

/** Room for the results of a whole batch that come faster than the reader takes them. */
const resultBuffer = 20_000;

/** An event is all there is to show of a result: no look at the database. */
function toResult(event: MessageOf<'calcul.completed'>): ResultView {
  return {
    id: event.result_id,
    taskId: event.request_id,
    n1: event.n1,
    n2: event.n2,
    operation: fromWireOperation(event.operation),
    value: Number(event.result),
    source: fromWireSource(event.source),
    workerId: event.worker_id,
    processingTime: event.processing_time,
    completedAt: new Date(event.completed_at),
  };
}

const toValue = ({ value }: Stated<unknown>) => value;

const batchFingerprint = ({ state, completed, nonFinite }: BatchRow) => `${state} ${completed} ${nonFinite}`;

export function createSubscriptions({ database, feed, queueStatus, workers, statsIntervalMs }: SubscriptionDeps) {
  return {
    Subscription: {
      calculationCompleted: {
        subscribe(_, { source }, context) {
          const wanted = source ? toWireSource(source) : null;
          return feed.subscribe({
            types: ['calcul.completed'],
            filter: ({ payload }) => wanted === null || payload.source === wanted,
            bufferSize: resultBuffer,
            start: startOf(context),
          });
        },
        resolve: ({ payload }: { payload: MessageOf<'calcul.completed'> }) => toResult(payload),
      },
      batchProgress: {
        async subscribe(_, { id }, context) {
          const start = startOf(context);
          return stated(await followBatch({ database, feed }, id), batchFingerprint, start);
        },
        resolve: toValue,
      },
      computeStats: {
        subscribe(_, __, context) {
          const states = coalesce({
            // A cancelled batch changes what is pending; other steps of a batch come with results.
            changes: feed.subscribe({
              types: ['calcul.completed', 'calcul.stats_changed', 'calcul.batch_progress'],
              filter: ({ type, payload }) => type !== 'calcul.batch_progress' || payload.state === 'CANCELLED',
              bufferSize: resultBuffer,
            }),
            read: () => readStats(database.fork()),
            intervalMs: statsIntervalMs,
          });
          return stated(states, JSON.stringify, startOf(context));
        },
        resolve: toValue,
      },
      queueStatus: {
        subscribe: (_, __, context) => stated(queueStatus.listen(), reportFingerprint, startOf(context)),
        resolve: toValue,
      },
      workersChanged: {
        subscribe: (_, __, context) => stated(workers.listen(), JSON.stringify, startOf(context)) as AsyncIterable<never>,
        resolve: toValue as never,
      },
      deadLetterChanged: {
        // One that was purged meanwhile is left out.
        subscribe: (_, __, context) =>
          mapEvents(feed.subscribe({ types: ['message.dead_letter_changed'], start: startOf(context) }), ({ payload }) =>
            getDeadLetter(database.fork(), payload.dead_letter_id),
          ),
        resolve: toValue,
      },
    },
  } satisfies Resolvers<ComputeContext>;
}
