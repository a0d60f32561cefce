import { createHash } from 'node:crypto';
import { createBatchConsumer } from '@comptoir/platform/broker/batch-consumer.ts';
import type { ConsumerDeps } from '@comptoir/platform/broker/consumer.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { auditQueue } from '@comptoir/schema/topology.ts';
import { keepAudit } from '../commands/keep-audit.ts';

/** Whose dead letters they are, and as whom it speaks to the broker. */
export const service = 'accounts';

const maxBatch = 200;
/** Nobody waits for an entry, and together they cost far less than one by one. */
const maxWaitMs = 50;

/** What accounts takes from the broker: what the subgraphs tell for the audit log. */
export function createAuditConsumer(deps: ConsumerDeps & { readonly database: Database }): Service {
  const { database, link, log, metrics } = deps;
  return createBatchConsumer(
    {
      service,
      queue: auditQueue,
      type: 'audit.recorded',
      maxBatch,
      maxWaitMs,
      async handle(messages) {
        await keepAudit(
          database,
          messages.map(({ messageId, body }) => ({
            // All that write here give an id; a message without one is known by what it says.
            messageId: messageId ?? createHash('sha256').update(JSON.stringify(body)).digest('hex'),
            entry: body,
          })),
        );
        return messages.map(() => 'ok' as const);
      },
    },
    { link, log, metrics, probe: (signal) => database.ping(signal) },
  );
}
