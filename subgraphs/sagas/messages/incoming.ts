import { createBatchConsumer } from '@comptoir/platform/broker/batch-consumer.ts';
import { type ConsumerDeps, createConsumer } from '@comptoir/platform/broker/consumer.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { continueTrace, formatTraceparent } from '@comptoir/platform/trace.ts';
import { sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import type { Applier } from '../commands/applier.ts';
import { startPromisedSaga } from '../commands/start-promised-saga.ts';
import { takeReplies } from '../commands/take-replies.ts';

/** Whose dead letters they are, and as whom it speaks to the broker. */
export const service = 'sagas';

/** About as many as there are connections to the database. */
const prefetch = 12;
/** Taken in by one transaction: those that came while the last one ran. */
const maxReplies = 40;

/** What the orchestrator takes from the broker: replies of participants, and sagas that others have promised. */
export function createConsumers({ database, applier, ...deps }: ConsumerDeps & { database: Database; applier: Applier }): Service[] {
  const shared = { ...deps, probe: (signal: AbortSignal) => database.ping(signal) };
  return [
    createBatchConsumer(
      {
        service,
        queue: sagaReplyQueue,
        type: 'saga.reply',
        maxBatch: maxReplies,
        maxWaitMs: 0,
        async handle(messages) {
          const replies = messages.map(({ body, headers }) => ({
            body,
            traceparent: formatTraceparent(continueTrace(headers.traceparent)),
          }));
          const outcomes = await takeReplies(applier, replies);
          for (const [index, { body }] of replies.entries()) {
            const { saga_id: sagaId, step, direction } = body;
            if (outcomes[index] === 'ignored')
              deps.log.debug({ event: 'saga_reply_ignored', sagaId, step, direction }, 'a repeated or late reply changed nothing');
          }
          return outcomes.map((outcome) => (outcome instanceof Error ? outcome : 'ok'));
        },
      },
      shared,
    ),
    createConsumer(
      {
        service,
        queue: sagaStartQueue,
        type: 'saga.start',
        prefetch,
        async handle({ body }) {
          await startPromisedSaga({ database, applier }, { id: body.saga_id, definition: body.definition, input: body.data });
        },
      },
      shared,
    ),
  ];
}
