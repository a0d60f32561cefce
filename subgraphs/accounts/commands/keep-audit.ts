import type { Database } from '@comptoir/platform/database.ts';
import { handleEachOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox, eventMessage } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { auditQueue } from '@comptoir/schema/topology.ts';
import { insertAuditEntries } from '../store/audit.ts';

export interface ToldAudit {
  readonly messageId: string;
  readonly entry: MessageOf<'audit.recorded'>;
}

/** Keeps what was done in the audit log, all of it in one transaction, once however often it is told, and tells who follows the log. */
export async function keepAudit(database: Database, told: readonly ToldAudit[]): Promise<void> {
  const messageIds = told.map(({ messageId }) => messageId);
  await handleEachOnce(database, auditQueue, messageIds, async (em, indexes) => {
    const entries = indexes.map((index) => (told[index] as ToldAudit).entry);
    const ids = await insertAuditEntries(em, entries);
    await appendToOutbox(
      em,
      entries.map(({ entity_type, store_ids }, n) => {
        const id = ids[n] as string;
        return eventMessage('audit.logged', { type: 'audit_entry', id }, { entry_id: id, entity_type, store_ids });
      }),
    );
    return entries.map(() => undefined);
  });
}
