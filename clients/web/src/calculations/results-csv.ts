import type { ResultRowFragment } from '../generated/operations.ts';

/** A spreadsheet would run a text that begins like this as a formula. */
const formula = /^[=+\-@\t\r]/;

/** Results as a spreadsheet of the language opens them: semicolons and decimal commas for French, commas and points otherwise. */
export function resultsCsv(results: readonly ResultRowFragment[], language: 'fr' | 'en'): string {
  const separator = language === 'fr' ? ';' : ',';
  const number = (value: number | string) => (language === 'fr' ? String(value).replace('.', ',') : String(value));
  const text = (value: string) => {
    const safe = formula.test(value) ? `'${value}` : value;
    return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const titles = ['request_id', 'n1', 'n2', 'operation', 'result', 'source', 'worker_id', 'processing_time', 'timestamp'];
  const lines = results.map((row) => [
    text(row.task.id),
    number(row.n1),
    number(row.n2),
    row.operation.toLowerCase(),
    number(row.text),
    row.source.toLowerCase(),
    text(row.workerId),
    number(row.processingTime),
    row.completedAt,
  ]);
  return `\ufeff${[titles, ...lines].map((line) => line.join(separator)).join('\r\n')}\r\n`;
}
