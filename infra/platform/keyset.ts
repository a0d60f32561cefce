import { badUserInput, type Fault } from './errors.ts';

export interface PageRequest {
  readonly first: number;
  readonly after?: string | null;
  /** For clients that page by number. */
  readonly offset?: number | null;
}

export interface Page<Node> {
  readonly nodes: Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Counted only when called, which is when it was selected. */
  readonly totalCount: () => Promise<number>;
}

/** Values of the columns a list is ordered by, as text, the last of them unique. */
export type Place = readonly string[];

export interface CheckedPageRequest {
  readonly first: number;
  /** Null at the beginning. */
  readonly after: Place | null;
  readonly offset: number;
}

const maxPageSize = 100;
const maxOffset = 10_000;
const maxCursorLength = 2_000;

/**
 * Checks a page request against the list's order, named by `order`, whose places have a value of each kind: `int` fits a bigint column. A cursor of another
 * list or order is a fault. Errors: BAD_USER_INPUT.
 */
export function readPageRequest(
  { first, after, offset }: PageRequest,
  order: string,
  kinds: readonly ('text' | 'int')[],
): CheckedPageRequest {
  const faults: Fault[] = [];
  if (!Number.isInteger(first) || first < 1 || first > maxPageSize) {
    faults.push({ path: ['first'], message: `must be from 1 to ${maxPageSize}, is ${first}` });
  }
  const skipped = offset ?? 0;
  if (!Number.isInteger(skipped) || skipped < 0 || skipped > maxOffset) {
    faults.push({ path: ['offset'], message: `must be from 0 to ${maxOffset}, is ${offset}` });
  }
  const place = after === null || after === undefined ? null : decodeCursor(after, order, kinds);
  if (place === undefined) faults.push({ path: ['after'], message: 'is not a cursor of this list in this order' });
  if (faults.length > 0) throw badUserInput(faults);
  return { first, after: place ?? null, offset: skipped };
}

export function encodeCursor(order: string, place: Place): string {
  return Buffer.from(JSON.stringify([order, ...place])).toString('base64url');
}

function decodeCursor(cursor: string, order: string, kinds: readonly ('text' | 'int')[]): Place | undefined {
  if (cursor.length > maxCursorLength) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined; // not ours: the caller is told so
  }
  if (!Array.isArray(parsed) || parsed[0] !== order || parsed.length !== kinds.length + 1) return undefined;
  const place = parsed.slice(1);
  const fits = place.every(
    (value, index) => typeof value === 'string' && (kinds[index] === 'text' ? !value.includes('\0') : /^-?\d{1,18}$/.test(value)),
  );
  return fits ? (place as string[]) : undefined;
}

/** Makes a page of the rows that were asked for with a limit of one more than it shows. */
export function toPage<Row, Node>(
  rows: readonly Row[],
  {
    first,
    order,
    placeOf,
    toNode,
    count,
  }: { first: number; order: string; placeOf: (row: Row) => Place; toNode: (row: Row) => Node; count: () => Promise<number> },
): Page<Node> {
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return {
    nodes: shown.map(toNode),
    pageInfo: { hasNextPage: rows.length > first, endCursor: last === undefined ? null : encodeCursor(order, placeOf(last)) },
    totalCount: count,
  };
}
