import type { EntityManager } from '@comptoir/platform/database.ts';
import { countDeadLetters, type DeadLetter, type DeadLetterFilter, listDeadLetters } from '@comptoir/platform/dead-letters.ts';
import { encodeCursor, type Page, type PageRequest, readPageRequest } from '@comptoir/platform/keyset.ts';

const order = 'DEAD_LETTERS';

/** Newest first. Errors: BAD_USER_INPUT. */
export async function findDeadLetters(em: EntityManager, filter: DeadLetterFilter, page: PageRequest): Promise<Page<DeadLetter>> {
  const { first, after } = readPageRequest(page, order, ['int']);
  const { nodes, hasNextPage } = await listDeadLetters(em, { ...filter, first, after: after?.[0] ?? null });
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: { hasNextPage, endCursor: last ? encodeCursor(order, [last.id]) : null },
    totalCount: () => countDeadLetters(em, filter),
  };
}
