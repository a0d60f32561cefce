import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable, parseId } from '@comptoir/platform/text.ts';
import { normaliseSku } from '../domain/sku.ts';
import { availableOf, type ListedProduct, listedColumns, productColumns } from './rows.ts';

export type ProductOrder = 'NAME' | 'PRICE_ASC' | 'PRICE_DESC' | 'NEWEST';

export interface ProductFilter {
  readonly search?: string | null;
  readonly categoryId?: string | null;
  readonly minPrice?: number | null;
  readonly maxPrice?: number | null;
  readonly inStock?: boolean | null;
  readonly active?: boolean | null;
  /** Stock counts at these places only; null: at all. */
  readonly places: readonly number[] | null;
}

const id = { sql: 'p.id', kind: 'int' } as const;
const price = { sql: 'p.price_minor', kind: 'int' } as const;
const name = { sql: 'p.name_key', kind: 'text' } as const;
const orders: Readonly<Record<ProductOrder, ListOrder>> = {
  NAME: { name: 'NAME', columns: [name, id] },
  PRICE_ASC: { name: 'PRICE_ASC', columns: [price, id] },
  PRICE_DESC: { name: 'PRICE_DESC', columns: [price, id], descending: true },
  NEWEST: { name: 'NEWEST', columns: [id], descending: true },
};
/** The best first. */
const byMatch = (score: string): ListOrder => ({ name: 'MATCH', columns: [{ sql: `-(${score})`, kind: 'int' }, name, id] });

const maxSearchLength = 200;
const maxSearchWords = 8;

/** Words of a search: at most eight, the rest is passed over. */
function wordsOf(search: string | null | undefined): string[] {
  const text = (search ?? '').trim();
  if (text.length > maxSearchLength || !isStorable(text)) {
    throw badUserInput([{ path: ['filter', 'search'], message: `must have at most ${maxSearchLength} characters, none of them U+0000` }]);
  }
  return [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((word) => word !== '').slice(0, maxSearchWords);
}

/** What of a page is asked for. */
export interface WantedOfPage {
  readonly counted: boolean;
  /** With what is available of each product, at `places` if there are any. */
  readonly available: boolean;
  /** With what most lists do not show. */
  readonly detailed: boolean;
}

/** A page of products: where they come from, what restricts them, and in which order. */
export function findProducts(
  em: EntityManager,
  { places, ...filter }: ProductFilter,
  orderBy: ProductOrder,
  page: PageRequest & WantedOfPage,
): Promise<Page<ListedProduct>> {
  const words = wordsOf(filter.search);
  const score = words.map((_, index) => `m${index}.score`).join(' + ');
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;

  const matches = words.map((word, index) => `JOIN product_matches(${bind(word)}) m${index} ON m${index}.product_id = p.id`);
  const conditions = ['true'];
  if (typeof filter.active === 'boolean') conditions.push(`p.active = ${bind(filter.active)}`);
  if (typeof filter.minPrice === 'number') conditions.push(`p.price_minor >= ${bind(filter.minPrice)}`);
  if (typeof filter.maxPrice === 'number') conditions.push(`p.price_minor <= ${bind(filter.maxPrice)}`);
  if (typeof filter.categoryId === 'string') {
    conditions.push(`p.category_id IN (
      WITH RECURSIVE below AS (
        SELECT id FROM category WHERE id = ${bind(parseId(filter.categoryId))}
        UNION ALL SELECT category.id FROM below JOIN category ON category.parent_id = below.id)
      SELECT id FROM below)`);
  }
  if (typeof filter.inStock === 'boolean') {
    const there = places ? `AND l.place_id = ANY(${bind(places)})` : '';
    conditions.push(
      `${filter.inStock ? '' : 'NOT '}EXISTS (SELECT FROM stock_level l WHERE l.product_id = p.id AND l.on_hand > l.allocated ${there})`,
    );
  }
  return findPage<ListedProduct>(
    em,
    {
      columns: page.detailed ? productColumns : listedColumns,
      from: `product p ${matches.join(' ')} WHERE ${conditions.join(' AND ')}`,
      parameters,
      shown: page.available ? (bindShown) => `${availableOf('page.id', places ? bindShown(places) : null)} AS available` : undefined,
      order: words.length > 0 && orderBy === 'NAME' ? byMatch(score) : orders[orderBy],
    },
    page,
  );
}

/** The id of the product with this SKU or barcode; null where there is none. */
export async function findProductId(em: EntityManager, by: { sku: string } | { barcode: string }): Promise<number | null> {
  const [column, value] = 'sku' in by ? ['sku', normaliseSku(by.sku)] : ['barcode', by.barcode.trim()];
  if (!isStorable(value)) return null;
  const [row] = await query<{ id: number }>(em, frequent(`SELECT id FROM product WHERE ${column} = $1`), [value]);
  return row?.id ?? null;
}
