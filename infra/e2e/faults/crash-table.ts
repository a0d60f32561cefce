import type { Crash } from './crash-lane.ts';

/** Process and point by step: how many cells ended well, or how one did not. */
export function crashTable(crashes: readonly Crash[], faultOf: (crash: Crash) => string | null): string {
  const steps = [...new Set(crashes.map(({ cell }) => cell.step))];
  const rows = Map.groupBy(crashes, ({ cell }) => `${cell.victim} ${cell.failpoint}`);
  const table = [...rows].map(([name, its]) => [
    name,
    ...steps.map((step) => {
      const here = its.filter(({ cell }) => cell.step === step);
      const faults = here.flatMap((crash) => faultOf(crash) ?? []);
      return faults[0] ?? (here.length === 0 ? '' : here.map(() => 'ok').join(' '));
    }),
  ]);
  const lines = [['', ...steps], ...table];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
