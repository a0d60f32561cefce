import { z } from 'zod';
import { integerParam } from './lists.ts';

/** Where a resource is served: some are at two addresses, for two kinds of clients. */
export interface Address {
  readonly prefix: '' | '/api/v1';
  /** Put behind operation ids, which are unique. */
  readonly suffix: '' | 'V1';
  readonly tags: readonly string[];
}

/** Ids are integers in REST and opaque texts in the graph. One that no row can have is one that no row has. */
export const idParams = z.object({ id: integerParam() as z.ZodType<number> });
export const idField = z.int();

export const toId = (id: string) => Number(id);
export const toIdOrNull = (id: string | null | undefined) => (id === null || id === undefined ? null : Number(id));

/** For the graph: left out stays left out, null stays null. */
export function toGraphId(id: number | null | undefined): string | null | undefined {
  return id === null || id === undefined ? id : String(id);
}

/** What lists select beside their nodes. */
export const pageFields = 'pageInfo { hasNextPage endCursor } totalCount';
