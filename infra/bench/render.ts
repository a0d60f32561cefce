import type { Report, Table } from './benchmark.ts';

/** The reports as Markdown. */
export function renderReports(reports: readonly Report[]): string {
  const head =
    '# Benchmarks\n\nWritten by `npm run bench`. A ratio is between things measured in one run, interleaved: medians, with the spread in brackets. Absolute figures hold for the machine named and are not compared across runs.\n';
  return `${head}${reports.map(renderReport).join('')}`;
}

const renderReport = ({ name, measures, at, size, machine, tables }: Report) =>
  `\n## ${name}\n\n${measures}\n\n${at.slice(0, 10)}, size ${size}, ${machine}.\n${tables.map(renderTable).join('')}`;

function renderTable({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const table = `${line(columns)}${line(columns.map(() => '---'))}${rows.map(line).join('')}`;
  return `\n### ${title}\n\n${table}${notes.length > 0 ? `\n${notes.map((note) => `- ${note}\n`).join('')}` : ''}`;
}
