import { csvFile, csvText } from '../../controls/csv.ts';
import type { AuditRowFragment } from '../../generated/operations.ts';
import type { Format } from '../../language/format.ts';
import type { Words } from '../../language/words.fr.ts';
import { sayDetails } from './say-entry.ts';

/** Entries of the audit log for a spreadsheet, by the names that the graph has for them; the details as the list says them. */
export function journalCsv(
  entries: readonly AuditRowFragment[],
  { code, ...language }: { readonly words: Words; readonly format: Format; readonly code: 'fr' | 'en' },
): string {
  const titles = ['id', 'at', 'actor_id', 'actor_name', 'action', 'entity_type', 'entity_id', 'entity_name', 'stores', 'details'];
  const lines = entries.map((entry) => [
    csvText(entry.id),
    entry.at,
    csvText(entry.actorId),
    csvText(entry.actorName),
    csvText(entry.action),
    csvText(entry.entityType),
    csvText(entry.entityId),
    csvText(entry.entityName ?? ''),
    csvText(entry.stores.map((store) => store.id).join(' ')),
    csvText(sayDetails(entry, language)),
  ]);
  return csvFile([titles, ...lines], code);
}
