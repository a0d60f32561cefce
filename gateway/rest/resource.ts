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
/** Described with the range there is; what is outside it is the graph's to refuse, in the words for the thing that it is of. */
export const idField = z.int().meta({ minimum: 1, maximum: 2_147_483_647 });
/** Described, not checked, for the same reason: a text that has more than blanks. */
export const notBlank = { pattern: '\\S' };

export const toId = (id: string) => Number(id);
export const toIdOrNull = (id: string | null | undefined) => (id === null || id === undefined ? null : Number(id));

/** For the graph: left out stays left out, null stays null. */
export function toGraphId(id: number | null | undefined): string | null | undefined {
  return id === null || id === undefined ? id : String(id);
}

/** What lists select beside their nodes. */
export const pageFields = 'pageInfo { hasNextPage endCursor } totalCount';
