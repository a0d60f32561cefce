import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import type { EntitySchema } from '@mikro-orm/core';

export interface PageRequest {
  readonly first: number;
  readonly after?: string | null;
}

/** A page of a list, newest first. */
export interface Page<Row> {
  readonly nodes: Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Counted only when called, which is when it was selected. */
  readonly totalCount: () => Promise<number>;
}

const maxPageSize = 100;
const largest = 2n ** 63n - 1n;

/** Checks a page request: its size, and the place it goes on from, null at the beginning. Errors: BAD_USER_INPUT. */
export function readPageRequest({ first, after }: PageRequest): { first: number; after: string | null } {
  const faults: Fault[] = [];
  if (!Number.isInteger(first) || first < 1 || first > maxPageSize) {
    faults.push({ path: ['first'], message: `must be from 1 to ${maxPageSize}, is ${first}` });
  }
  const place = after === null || after === undefined ? null : decodeCursor(after);
  if (place === undefined) faults.push({ path: ['after'], message: 'is not a cursor of this list' });
  if (faults.length > 0) throw badUserInput(faults);
  return { first, after: place ?? null };
}

export const encodeCursor = (place: string) => Buffer.from(place).toString('base64url');

function decodeCursor(cursor: string): string | undefined {
  const place = cursor.length <= 40 ? Buffer.from(cursor, 'base64url').toString() : '';
  return /^(0|[1-9]\d{0,18})$/.test(place) && BigInt(place) <= largest && encodeCursor(place) === cursor ? place : undefined;
}

/** Keyset pagination by a column that grows: a page costs the same wherever it is. Asks for one row more than it shows. */
export async function findPage<Row extends object>(
  em: EntityManager,
  // biome-ignore lint/suspicious/noExplicitAny: entities of any shape
  entity: EntitySchema<any>,
  { key, where, page }: { key: 'id' | 'seq'; where: object; page: PageRequest },
): Promise<Page<Row>> {
  const { first, after } = readPageRequest(page);
  const filter = after === null ? where : { $and: [where, { [key]: { $lt: after } }] };
  const rows = (await em.find(entity, filter as never, { orderBy: { [key]: 'desc' } as never, limit: first + 1 })) as Row[];
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1) as Record<string, string> | undefined;
  return {
    nodes,
    pageInfo: { hasNextPage: rows.length > first, endCursor: last ? encodeCursor(String(last[key])) : null },
    totalCount: () => em.count(entity, where as never),
  };
}
