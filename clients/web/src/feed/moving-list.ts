import { bounded, type LiveList } from './live-list.ts';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/**
 * Takes in rows that came or changed, oldest first. What is shown changes in place; what is new goes on top; what does not belong to the
 * list any more leaves it. While `holding`, nothing that is shown moves: newcomers wait, and those who are to leave stay.
 */
export function takeIn<T extends Versioned>(
  list: LiveList<T>,
  changed: readonly T[],
  belongs: (row: T) => boolean,
  holding: boolean,
): LiveList<T> {
  const newest = new Map<string, T>();
  for (const row of changed) if ((newest.get(row.id)?.version ?? -1) <= row.version) newest.set(row.id, row);
  const swap = (row: T) => {
    const other = newest.get(row.id);
    return other !== undefined && other.version > row.version ? other : row;
  };
  const known = new Set([...list.rows, ...list.held].map(({ id }) => id));
  const arrived = [...newest.values()].filter((row) => !known.has(row.id) && belongs(row)).reverse();
  const rows = changedOnly(list.rows, swap);
  const waiting = changedOnly(list.held, swap);
  if (arrived.length === 0 && rows === list.rows && waiting === list.held) return holding ? list : settle(list, belongs);
  const next = { ...list, rows, held: [...arrived, ...waiting].filter(belongs) };
  return holding ? next : settle(next, belongs);
}

/** Nobody reads any more: newcomers go on top, and those who do not belong leave. */
export function settle<T extends Versioned>(list: LiveList<T>, belongs: (row: T) => boolean): LiveList<T> {
  if (list.held.length === 0 && list.rows.every(belongs)) return list;
  return bounded({ ...list, held: [], rows: [...list.held, ...list.rows].filter(belongs) });
}

/** The same array where nothing in it changes. */
function changedOnly<T>(rows: readonly T[], swap: (row: T) => T): readonly T[] {
  const next = rows.map(swap);
  return next.every((row, index) => row === rows[index]) ? rows : next;
}
