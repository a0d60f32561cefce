import type { EntityManager } from '@comptoir/platform/database.ts';
import { countDeadLetters, type DeadLetter, type DeadLetterFilter, listDeadLetters } from '@comptoir/platform/dead-letters.ts';
import { encodeCursor, type Page, type PageRequest, readPageRequest } from './pages.ts';

export async function findDeadLetters(em: EntityManager, filter: DeadLetterFilter, page: PageRequest): Promise<Page<DeadLetter>> {
  const { first, after } = readPageRequest(page);
  const { nodes, hasNextPage } = await listDeadLetters(em, { ...filter, first, after });
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: { hasNextPage, endCursor: last ? encodeCursor(last.id) : null },
    totalCount: () => countDeadLetters(em, filter),
  };
}
