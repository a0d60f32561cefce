import { csvFile, csvText } from '../../controls/csv.ts';
import type { AuditRowFragment } from '../../generated/operations.ts';

/** Entries of the audit log for a spreadsheet, by the names that the graph has for them. */
export function journalCsv(entries: readonly AuditRowFragment[], language: 'fr' | 'en'): string {
  const titles = ['id', 'at', 'actor_id', 'actor_name', 'action', 'entity_type', 'entity_id', 'stores', 'summary'];
  const lines = entries.map(({ id, at, actorId, actorName, action, entityType, entityId, stores, summary }) => [
    csvText(id),
    at,
    csvText(actorId),
    csvText(actorName),
    csvText(action),
    csvText(entityType),
    csvText(entityId),
    csvText(stores.map((store) => store.id).join(' ')),
    csvText(summary),
  ]);
  return csvFile([titles, ...lines], language);
}
