import type { EntityManager } from '@comptoir/platform/database.ts';
import { entityRows } from '@comptoir/platform/entity-rows.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import DataLoader from 'dataloader';
import { CustomerEntity, type CustomerRow } from '../entities/customer.ts';

const customers = entityRows<CustomerRow>(CustomerEntity);

/** One statement for all ids that are asked for in the same moment. */
export function createCustomerLoader(em: EntityManager) {
  return new DataLoader<number, CustomerRow | null>(async (ids) => {
    const rows = await customers.read(em, 'WHERE id = ANY($1::int[])', [ids]);
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

export type CustomerLoader = ReturnType<typeof createCustomerLoader>;

const maxSearchLength = 200;
const maxSearchWords = 8;
const byName: ListOrder = {
  name: 'NAME',
  columns: [
    { sql: 'last_key', kind: 'text' },
    { sql: 'first_key', kind: 'text' },
    { sql: 'id', kind: 'int' },
  ],
};

/** Customers by name. Every word of a search must be in their names, e-mail address or telephone number, whatever case and accents. */
export async function findCustomers(
  em: EntityManager,
  { search, active }: { search?: string | null; active?: boolean | null },
  page: PageRequest & { counted: boolean },
): Promise<Page<CustomerRow>> {
  const text = (search ?? '').trim();
  if (text.length > maxSearchLength || !isStorable(text)) {
    throw badUserInput([{ path: ['search'], message: `must have at most ${maxSearchLength} characters, none of them U+0000` }]);
  }
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const words = text === '' ? [] : text.split(/\s+/).slice(0, maxSearchWords);
  const conditions = words.map((word) => `search LIKE '%' || plain_text(${bind(word.replace(/[\\%_]/g, '\\$&'))}) || '%'`);
  if (typeof active === 'boolean') conditions.push(`active = ${bind(active)}`);
  const from = `customer WHERE ${['true', ...conditions].join(' AND ')}`;
  return findPage(em, { columns: customers.columns, from, parameters, order: byName, toNode: customers.toRow }, page);
}
