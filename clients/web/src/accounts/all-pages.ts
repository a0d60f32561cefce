import type { Page } from '../feed/live-list.ts';

/** All of a list that is not long; `complete` is false where it was longer than `mostPages`. @throws where a page could not be had. */
export async function allPages<T>(
  pageOf: (after: string | null) => Promise<Page<T>>,
  mostPages: number,
): Promise<{ readonly nodes: readonly T[]; readonly complete: boolean }> {
  const nodes: T[] = [];
  let page: Page<T> = { nodes: [], hasNextPage: true, endCursor: null };
  for (let read = 0; read < mostPages && page.hasNextPage; read += 1) {
    page = await pageOf(page.endCursor);
    nodes.push(...page.nodes);
  }
  return { nodes, complete: !page.hasNextPage };
}
