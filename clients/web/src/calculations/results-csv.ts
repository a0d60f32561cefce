import { csvFile, csvNumber, csvText } from '../controls/csv.ts';
import type { ResultRowFragment } from '../generated/operations.ts';

/** Results as a spreadsheet of the language opens them: decimal commas for French, points otherwise. */
export function resultsCsv(results: readonly ResultRowFragment[], language: 'fr' | 'en'): string {
  const number = (value: number | string) => csvNumber(value, language);
  const titles = ['request_id', 'n1', 'n2', 'operation', 'result', 'source', 'worker_id', 'processing_time', 'timestamp'];
  const lines = results.map((row) => [
    csvText(row.task.id),
    number(row.n1),
    number(row.n2),
    row.operation.toLowerCase(),
    number(row.text),
    row.source.toLowerCase(),
    csvText(row.workerId),
    number(row.processingTime),
    row.completedAt,
  ]);
  return csvFile([titles, ...lines], language);
}
