import type { Page, PageOf } from './live-list.ts';

/**
 * All of a list that is not long, each row once though the list may move meanwhile; `complete` is false where it was longer than
 * `mostPages`. @throws where a page could not be had.
 */
export async function allPages<T extends { readonly id: string }>(
  pageOf: PageOf<T>,
  mostPages: number,
): Promise<{ readonly nodes: readonly T[]; readonly complete: boolean }> {
  const nodes = new Map<string, T>();
  let page: Page<T> = { nodes: [], hasNextPage: true, endCursor: null };
  for (let read = 0; read < mostPages && page.hasNextPage; read += 1) {
    page = await pageOf(page.endCursor);
    for (const node of page.nodes) nodes.set(node.id, node);
  }
  return { nodes: [...nodes.values()], complete: !page.hasNextPage };
}
