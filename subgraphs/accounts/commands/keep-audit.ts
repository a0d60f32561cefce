import type { Database } from '@comptoir/platform/database.ts';
import { handleOnce } from '@comptoir/platform/inbox.ts';
import { appendToOutbox, eventMessage } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { auditQueue } from '@comptoir/schema/topology.ts';
import { insertAuditEntry } from '../store/audit.ts';

/** Keeps what was done in the audit log, once however often it is told, and tells who follows the log. */
export async function keepAudit(database: Database, messageId: string, entry: MessageOf<'audit.recorded'>): Promise<void> {
  await handleOnce(database, auditQueue, messageId, async (em) => {
    const id = await insertAuditEntry(em, entry);
    const { entity_type, store_ids } = entry;
    await appendToOutbox(em, [eventMessage('audit.logged', { type: 'audit_entry', id }, { entry_id: id, entity_type, store_ids })]);
  });
}
