/** A spreadsheet would run a text that begins like this as a formula. */
const formula = /^[=+\-@\t\r]/;
const keptMs = 10_000;

/** A text as a cell. */
export function csvText(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A number as a cell: with a decimal comma for French. Its text, so that a large amount keeps its cents. */
export function csvNumber(value: number | string, language: 'fr' | 'en'): string {
  return language === 'fr' ? String(value).replace('.', ',') : String(value);
}

/** Lines of cells as a spreadsheet of the language opens them: semicolons for French, commas otherwise. */
export function csvFile(lines: readonly (readonly string[])[], language: 'fr' | 'en'): string {
  const separator = language === 'fr' ? ';' : ',';
  return `\ufeff${lines.map((line) => line.join(separator)).join('\r\n')}\r\n`;
}

/** Hands a file to the reader; its name says when it was made. */
export function downloadCsv(csv: string, name: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
  link.click();
  // Some browsers read it a while after the click.
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
