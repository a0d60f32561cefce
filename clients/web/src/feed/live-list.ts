/** Rows newest first, and those that came while the reader held the list still. */
export interface LiveList<T extends { readonly id: string }> {
  readonly rows: readonly T[];
  /** Newest first; not shown until the reader lets go. */
  readonly held: readonly T[];
  /** True where older rows exist that are not loaded and can be. */
  readonly hasOlder: boolean;
  /** Where older rows begin. */
  readonly cursor: string | null;
  /** True once rows were dropped at the old end to keep the list bounded. */
  readonly trimmed: boolean;
}

export interface Page<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Asks for the page of a list that follows a cursor. */
export type PageOf<T> = (after: string | null) => Promise<Page<T>>;

/** Rows of a page: the graph gives no more at once. */
export const pageSize = 100;

/** Most rows kept; past it the oldest go. */
export const mostRows = 20_000;

export const emptyList: LiveList<never> = { rows: [], held: [], hasOlder: false, cursor: null, trimmed: false };

export function listOfPage<T extends { id: string }>(page: Page<T>): LiveList<T> {
  return { rows: page.nodes, held: [], hasOlder: page.hasNextPage, cursor: page.endCursor, trimmed: false };
}

/** Takes in rows as they arrive, oldest of them first. While `holding`, nothing that is shown moves. A row that is known already is left alone. */
export function arrive<T extends { id: string }>(list: LiveList<T>, arrived: readonly T[], holding: boolean): LiveList<T> {
  const known = idsOf(list.rows, list.held);
  const fresh: T[] = [];
  for (const row of arrived) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    fresh.unshift(row);
  }
  if (fresh.length === 0) return list;
  const held = [...fresh, ...list.held];
  return holding ? { ...list, held: held.slice(0, mostRows) } : bounded({ ...list, held: [], rows: [...held, ...list.rows] });
}

/** Shows what was held. */
export function release<T extends { id: string }>(list: LiveList<T>): LiveList<T> {
  return list.held.length === 0 ? list : bounded({ ...list, held: [], rows: [...list.held, ...list.rows] });
}

/** Adds a page of older rows at the end. */
export function appendOlder<T extends { id: string }>(list: LiveList<T>, page: Page<T>): LiveList<T> {
  const known = idsOf(list.rows, list.held);
  const rows = [...list.rows, ...page.nodes.filter(({ id }) => !known.has(id))];
  return bounded({ ...list, rows, hasOlder: page.hasNextPage, cursor: page.endCursor });
}

/** Whether the newest rows, as asked again, reach down to what is known: then nothing is missing between. */
function reaches<T extends { id: string }>(list: LiveList<T>, newest: readonly T[]): boolean {
  if (list.rows.length === 0 && list.held.length === 0) return false;
  const known = idsOf(list.rows, list.held);
  return newest.some(({ id }) => known.has(id));
}

/** The newest rows, as asked again after an interruption: as many pages as reach down to what is known, and no more than `mostPages`. */
export async function newestRows<T extends { id: string }>(pageOf: PageOf<T>, list: LiveList<T>, mostPages: number): Promise<Page<T>> {
  let newest: Page<T> = { nodes: [], hasNextPage: true, endCursor: null };
  for (let pages = 0; pages < mostPages && newest.hasNextPage && !reaches(list, newest.nodes); pages += 1) {
    const page = await pageOf(newest.endCursor);
    newest = { ...page, nodes: [...newest.nodes, ...page.nodes] };
  }
  return newest;
}

/**
 * Brings the list up to date with the newest rows. Where they reach down to what is known, `take` takes in what was missed, oldest
 * first; where they do not, the list begins anew from them.
 */
export function catchUp<T extends { id: string }>(
  list: LiveList<T>,
  newest: Page<T>,
  take: (missed: readonly T[]) => LiveList<T>,
): LiveList<T> {
  if (reaches(list, newest.nodes)) return take([...newest.nodes].reverse());
  return newest.nodes.length === 0 && list.rows.length === 0 ? list : listOfPage(newest);
}

export function bounded<T extends { id: string }>(list: LiveList<T>): LiveList<T> {
  if (list.rows.length <= mostRows) return list;
  return { ...list, rows: list.rows.slice(0, mostRows), hasOlder: false, cursor: null, trimmed: true };
}

function idsOf<T extends { id: string }>(...lists: (readonly T[])[]): Set<string> {
  const ids = new Set<string>();
  for (const list of lists) for (const { id } of list) ids.add(id);
  return ids;
}
