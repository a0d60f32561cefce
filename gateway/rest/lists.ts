import { z } from 'zod';
import type { Connection } from './define-route.ts';

/** The graph gives at most so many at once, and passes over at most so many. */
const graphPageSize = 100;
const graphMaxOffset = 10_000;

/** An integer in a path or a query, where everything is text. */
export const integerParam = (schema: z.ZodType<number | undefined> = z.int()) =>
  z.preprocess((value, context) => {
    if (value === undefined) return value;
    if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
    context.addIssue({ code: 'custom', message: 'Doit être un entier', params: { type: 'int_parsing' } });
    return z.NEVER;
  }, schema);

/** What every list takes in its query. The offset is bounded because the graph's is, and because lists that page by cursor only walk over what is skipped. */
export const listQuery = z.object({
  limit: integerParam(z.int().min(1).max(500).optional()).meta({ description: 'Nombre d’éléments, 50 par défaut.' }),
  offset: integerParam(z.int().min(0).max(graphMaxOffset).optional()).meta({ description: 'Éléments à sauter.' }),
  page: integerParam(z.int().min(1).max(10_000).optional()).meta({
    description: 'Numéro de page, à partir de 1 ; avec size, au lieu de limit et offset.',
  }),
  size: integerParam(z.int().min(1).max(500).optional()).meta({ description: 'Éléments par page, 50 par défaut.' }),
});

export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** `page` or `size` choose pages; else `limit` and `offset` count. */
export function sliceOf({ limit, offset, page, size }: z.infer<typeof listQuery>): Slice {
  if (page === undefined && size === undefined) return { limit: limit ?? 50, offset: offset ?? 0 };
  const perPage = size ?? limit ?? 50;
  return { limit: perPage, offset: ((page ?? 1) - 1) * perPage };
}

/** What is not paged by the graph, as a page. */
export function wholeList(nodes: readonly unknown[]): Connection {
  return { nodes, pageInfo: { hasNextPage: false }, totalCount: nodes.length };
}

/** The variables of a page, for a document that declares them. */
export interface PageVariables {
  readonly first: number;
  readonly after: string | null;
  readonly offset?: number | undefined;
}

/**
 * Reads a slice of a connection by as many pages as it takes. What is stored meanwhile shifts no page: each begins where the one before ended.
 * @param read throws a Refusal where the graph refuses
 * @param takesOffset whether the graph passes over nodes by itself; else they are walked over
 * @throws Refusal
 */
export async function readSlice(
  { offset, limit }: Slice,
  { read, takesOffset }: { read: (page: PageVariables) => Promise<Connection>; takesOffset: boolean },
): Promise<{ nodes: unknown[]; total: number }> {
  const nodes: unknown[] = [];
  const passedOver = takesOffset ? Math.min(offset, graphMaxOffset) : 0;
  const walkedOver = offset - passedOver;
  let after: string | null = null;
  for (let wanted = walkedOver + limit; ; ) {
    const first = Math.min(graphPageSize, wanted);
    const connection: Connection = await read({ first, after, offset: after === null && passedOver > 0 ? passedOver : undefined });
    nodes.push(...connection.nodes);
    wanted -= connection.nodes.length;
    after = connection.pageInfo.endCursor ?? null;
    const more = connection.pageInfo.hasNextPage && connection.nodes.length > 0 && wanted > 0;
    // Past the end there is nothing to walk to; what was walked over is not kept longer than needed.
    if (!more) return { nodes: nodes.slice(walkedOver, walkedOver + limit), total: connection.totalCount };
  }
}
