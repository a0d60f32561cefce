import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import DataLoader from 'dataloader';
import { CustomerEntity, type CustomerRow } from '../entities/customer.ts';

/** One statement for all ids that are asked for in the same moment. */
export function createCustomerLoader(em: EntityManager) {
  return new DataLoader<number, CustomerRow | null>(async (ids) => {
    const rows = (await em.find(CustomerEntity, { id: { $in: [...ids] } }, { disableIdentityMap: true })) as CustomerRow[];
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

export type CustomerLoader = ReturnType<typeof createCustomerLoader>;

const maxSearchLength = 200;
const maxSearchWords = 8;
const order = 'NAME';

/** The ids of customers by name. Every word of a search must be in their names, e-mail address or telephone number, whatever case and accents. */
export async function findCustomerIds(
  em: EntityManager,
  { search, active }: { search?: string | null; active?: boolean | null },
  page: PageRequest,
): Promise<Page<number>> {
  const text = (search ?? '').trim();
  if (text.length > maxSearchLength || !isStorable(text)) {
    throw badUserInput([{ path: ['search'], message: `must have at most ${maxSearchLength} characters, none of them U+0000` }]);
  }
  const { first, after, offset } = readPageRequest(page, order, ['text', 'text', 'int']);
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const words = text === '' ? [] : text.split(/\s+/).slice(0, maxSearchWords);
  const conditions = words.map((word) => `search LIKE '%' || plain_text(${bind(word.replace(/[\\%_]/g, '\\$&'))}) || '%'`);
  if (typeof active === 'boolean') conditions.push(`active = ${bind(active)}`);
  const restricted = `customer WHERE ${['true', ...conditions].join(' AND ')}`;
  const counted = [...parameters];

  const beyond = after
    ? `AND (last_key, first_key, id) > (${bind(after[0])}::text, ${bind(after[1])}::text, ${bind(after[2])}::bigint)`
    : '';
  const rows = await query<{ id: number; last_key: string; first_key: string }>(
    em,
    `SELECT id, last_key, first_key FROM ${restricted} ${beyond} ORDER BY last_key, first_key, id LIMIT ${bind(first + 1)} OFFSET ${bind(offset)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order,
    placeOf: ({ id, last_key, first_key }) => [last_key, first_key, String(id)],
    toNode: ({ id }) => id,
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, counted);
      return row?.count ?? 0;
    },
  });
}
