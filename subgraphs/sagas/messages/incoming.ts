import { type ConsumerDeps, createConsumer } from '@comptoir/platform/broker/consumer.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import type { Applier } from '../commands/applier.ts';
import { startPromisedSaga } from '../commands/start-saga.ts';
import { takeReply } from '../commands/take-reply.ts';

/** Whose dead letters they are, and as whom it speaks to the broker. */
export const service = 'sagas';

/** About as many as there are connections to the database. */
const prefetch = 12;

/** What the orchestrator takes from the broker: replies of participants, and sagas that others have promised. */
export function createConsumers({ database, applier, ...deps }: ConsumerDeps & { database: Database; applier: Applier }): Service[] {
  const shared = { ...deps, probe: (signal: AbortSignal) => database.ping(signal) };
  return [
    createConsumer(
      {
        service,
        queue: sagaReplyQueue,
        type: 'saga.reply',
        prefetch,
        async handle({ body }) {
          const { saga_id: sagaId, step, direction } = body;
          const outcome = await takeReply(applier, body);
          if (outcome === 'ignored')
            deps.log.debug({ event: 'saga_reply_ignored', sagaId, step, direction }, 'a repeated or late reply changed nothing');
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
