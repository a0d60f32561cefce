import { createHash } from 'node:crypto';
import { type ConsumerDeps, createConsumer } from '@comptoir/platform/broker/consumer.ts';
import type { Database } from '@comptoir/platform/database.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { auditQueue } from '@comptoir/schema/topology.ts';
import { keepAudit } from '../commands/keep-audit.ts';

/** Whose dead letters they are, and as whom it speaks to the broker. */
export const service = 'accounts';

const prefetch = 20;

/** What accounts takes from the broker: what the subgraphs tell for the audit log. */
export function createAuditConsumer(deps: ConsumerDeps & { readonly database: Database }): Service {
  const { database, link, log, metrics } = deps;
  return createConsumer(
    {
      service,
      queue: auditQueue,
      type: 'audit.recorded',
      prefetch,
      async handle({ messageId, body }) {
        // All that write here give an id; a message without one is known by what it says.
        await keepAudit(database, messageId ?? createHash('sha256').update(JSON.stringify(body)).digest('hex'), body);
      },
    },
    { link, log, metrics, probe: (signal) => database.ping(signal) },
  );
}
