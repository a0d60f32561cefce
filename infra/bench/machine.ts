import { cpus, loadavg, totalmem } from 'node:os';

/** One line on what the figures were measured on. */
export function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
}

/** What else the machine had to do before the measurement began, where that was much; absolute figures are worth less then. */
export function otherWork(): string[] {
  const load = loadavg()[0] ?? 0;
  return load < cpus().length
    ? []
    : [
        `The machine had other work: a load of ${load.toFixed(0)} on ${cpus().length} cores when the measurement began. Ratios bear that, absolute figures do not.`,
      ];
}
