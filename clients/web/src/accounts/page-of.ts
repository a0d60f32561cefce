import type { Page } from '../feed/live-list.ts';

interface Connection<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A page as the lists take it. */
export const pageOf = <T>({ nodes, pageInfo }: Connection<T>): Page<T> => ({ nodes, ...pageInfo });
