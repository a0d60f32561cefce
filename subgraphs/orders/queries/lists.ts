import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { OrderStatus } from '../domain/order-status.ts';
import type { CartRow, OrderRow } from '../entities/entities.ts';
import { cartRows, orderRows } from './rows.ts';

/** What is left out or null does not restrict. */
export interface OrderFilter {
  readonly customerId?: string | null;
  readonly statuses?: readonly OrderStatus[] | null;
}

const newestFirst: ListOrder = { name: 'NEWEST', columns: [{ sql: 'id', kind: 'int' }], descending: true };

type CountedPage = PageRequest & { readonly counted: boolean };

/** Orders, newest first. Errors: BAD_USER_INPUT. */
export function findOrders(em: EntityManager, { customerId, statuses }: OrderFilter, page: CountedPage): Promise<Page<OrderRow>> {
  const conditions = ['deleted_at IS NULL'];
  const parameters: unknown[] = [];
  if (typeof customerId === 'string') conditions.push(`customer_id = $${parameters.push(readCustomerId(customerId))}`);
  if (statuses) conditions.push(`status = ANY($${parameters.push([...statuses])}::text[])`);
  const from = `customer_order WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: orderRows.columns, from, parameters, order: newestFirst, toNode: orderRows.toRow }, page);
}

/** Carts, newest first. Errors: BAD_USER_INPUT. */
export const findCarts = (em: EntityManager, page: CountedPage): Promise<Page<CartRow>> =>
  findPage(em, { columns: cartRows.columns, from: 'cart WHERE true', parameters: [], order: newestFirst, toNode: cartRows.toRow }, page);

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
  const { first, after } = readPageRequest(page, newestFirst.name, ['int']);
  const rows = await query<{ customer_id: number; id: number }>(
    em,
    frequent(`SELECT c.id AS customer_id, o.id FROM unnest($1::int[]) AS c(id)
     CROSS JOIN LATERAL (
       SELECT id FROM customer_order WHERE customer_id = c.id AND deleted_at IS NULL AND ($2::bigint IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3
     ) o ORDER BY o.id DESC`),
    [customerIds, after?.[0] ?? null, first + 1],
  );
  const byCustomer = Map.groupBy(rows, ({ customer_id }) => customer_id);
  return customerIds.map((customerId) =>
    toPage(byCustomer.get(customerId) ?? [], {
      first,
      order: newestFirst.name,
      placeOf: ({ id }) => [String(id)],
      toNode: ({ id }) => id,
      count: () => count(customerId),
    }),
  );
}
