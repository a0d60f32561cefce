/** Milliseconds that the one who asks will still wait for the answer. Each hop passes on what is left of it. */
export const deadlineHeader = 'x-comptoir-deadline-ms';

/** Longer ones are as good as none. */
const maxMs = 10 * 60_000;

/** What the header says; null where there is none, or none that can be read. */
export function parseDeadline(header: unknown): number | null {
  if (typeof header !== 'string' || !/^\d{1,9}$/.test(header)) return null;
  return Math.min(Number(header), maxMs);
}
