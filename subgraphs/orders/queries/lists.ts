import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { OrderStatus } from '../domain/order-status.ts';

/** What is left out or null does not restrict. */
export interface OrderFilter {
  readonly customerId?: string | null;
  readonly statuses?: readonly OrderStatus[] | null;
}

const newestFirst = 'NEWEST';

async function findIds(
  em: EntityManager,
  { from, conditions, parameters }: { from: string; conditions: readonly string[]; parameters: readonly unknown[] },
  page: PageRequest,
): Promise<Page<number>> {
  const { first, after, offset } = readPageRequest(page, newestFirst, ['int']);
  const restricted = `${from} WHERE ${['true', ...conditions].join(' AND ')}`;
  const beyond = after ? `AND id < $${parameters.length + 1}::bigint` : '';
  const rows = await query<{ id: number }>(
    em,
    `SELECT id FROM ${restricted} ${beyond} ORDER BY id DESC LIMIT ${first + 1} OFFSET ${offset}`,
    [...parameters, ...(after ?? [])],
  );
  return toPage(rows, {
    first,
    order: newestFirst,
    placeOf: ({ id }) => [String(id)],
    toNode: ({ id }) => id,
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, parameters);
      return row?.count ?? 0;
    },
  });
}

/** The ids of orders, newest first. Errors: BAD_USER_INPUT. */
export function findOrderIds(em: EntityManager, { customerId, statuses }: OrderFilter, page: PageRequest): Promise<Page<number>> {
  const conditions = ['deleted_at IS NULL'];
  const parameters: unknown[] = [];
  if (typeof customerId === 'string') conditions.push(`customer_id = $${parameters.push(readCustomerId(customerId))}`);
  if (statuses) conditions.push(`status = ANY($${parameters.push([...statuses])}::text[])`);
  return findIds(em, { from: 'customer_order', conditions, parameters }, page);
}

/** The ids of carts, newest first. Errors: BAD_USER_INPUT. */
export const findCartIds = (em: EntityManager, page: PageRequest): Promise<Page<number>> =>
  findIds(em, { from: 'cart', conditions: [], parameters: [] }, page);

function readCustomerId(id: string): number {
  const parsed = parseId(id);
  if (parsed === null) throw badUserInput([{ path: ['customerId'], message: 'is not the id of a customer' }]);
  return parsed;
}

/** A page of each customer's orders, newest first, with one statement for all of them. Errors: BAD_USER_INPUT. */
export async function findOrderIdsByCustomer(
  em: EntityManager,
  customerIds: readonly number[],
  page: Omit<PageRequest, 'offset'>,
  count: (customerId: number) => Promise<number>,
): Promise<Page<number>[]> {
  const { first, after } = readPageRequest(page, newestFirst, ['int']);
  const rows = await query<{ customer_id: number; id: number }>(
    em,
    `SELECT c.id AS customer_id, o.id FROM unnest($1::int[]) AS c(id)
     CROSS JOIN LATERAL (
       SELECT id FROM customer_order WHERE customer_id = c.id AND deleted_at IS NULL AND ($2::bigint IS NULL OR id < $2)
       ORDER BY id DESC LIMIT ${first + 1}
     ) o ORDER BY o.id DESC`,
    [customerIds, after?.[0] ?? null],
  );
  const byCustomer = Map.groupBy(rows, ({ customer_id }) => customer_id);
  return customerIds.map((customerId) =>
    toPage(byCustomer.get(customerId) ?? [], {
      first,
      order: newestFirst,
      placeOf: ({ id }) => [String(id)],
      toNode: ({ id }) => id,
      count: () => count(customerId),
    }),
  );
}
