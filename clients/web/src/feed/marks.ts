const freshMs = 1_500;
/** When more than these come at once, a mark on each would only flicker. */
const mostMarked = 12;

interface Row {
  readonly id: string;
}

/** The marks, by id with when, after a list has changed: what is on top and was not known is new, old marks fade. */
export function marked(
  marks: ReadonlyMap<string, number>,
  rows: readonly Row[],
  known: readonly Row[],
  now: number,
): ReadonlyMap<string, number> {
  const next = new Map([...marks].filter(([, at]) => now - at < freshMs));
  if (rows !== known) {
    const ids = new Set(known.map(({ id }) => id));
    const top = rows.slice(0, mostMarked + 1).filter(({ id }) => !ids.has(id));
    if (top.length <= mostMarked) for (const { id } of top) next.set(id, now);
  }
  return next.size === 0 && marks.size === 0 ? marks : next;
}
