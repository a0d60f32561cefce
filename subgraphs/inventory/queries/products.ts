import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable, parseId } from '@comptoir/platform/text.ts';
import { normaliseSku } from '../domain/sku.ts';
import type { ProductRow } from '../entities/entities.ts';
import { productColumns, type ReadProduct, toProduct } from './rows.ts';

export type ProductOrder = 'NAME' | 'PRICE_ASC' | 'PRICE_DESC' | 'NEWEST';

export interface ProductFilter {
  readonly search?: string | null;
  readonly categoryId?: string | null;
  readonly minPrice?: number | null;
  readonly maxPrice?: number | null;
  readonly inStock?: boolean | null;
  readonly active?: boolean | null;
  /** Stock counts at these places only; null or left out: at all. */
  readonly places?: readonly number[] | null;
}

interface ListOrder {
  /** Of the cursors. */
  readonly name: string;
  readonly columns: readonly { readonly sql: string; readonly kind: 'text' | 'int'; readonly descending: boolean }[];
}

const id = (descending: boolean) => ({ sql: 'p.id', kind: 'int', descending }) as const;
/** Stands for the sum of the scores of all words. */
const matchScore = 'score';
const orders: Readonly<Record<ProductOrder | 'MATCH', ListOrder>> = {
  NAME: { name: 'NAME', columns: [{ sql: 'p.name_key', kind: 'text', descending: false }, id(false)] },
  PRICE_ASC: { name: 'PRICE_ASC', columns: [{ sql: 'p.price_minor', kind: 'int', descending: false }, id(false)] },
  PRICE_DESC: { name: 'PRICE_DESC', columns: [{ sql: 'p.price_minor', kind: 'int', descending: true }, id(true)] },
  NEWEST: { name: 'NEWEST', columns: [id(true)] },
  MATCH: {
    name: 'MATCH',
    columns: [{ sql: matchScore, kind: 'int', descending: false }, { sql: 'p.name_key', kind: 'text', descending: false }, id(false)],
  },
};

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

/** A page of products: where they come from, what restricts them, and in which order. */
export async function findProducts(
  em: EntityManager,
  filter: ProductFilter,
  orderBy: ProductOrder,
  page: PageRequest,
): Promise<Page<ProductRow>> {
  const words = wordsOf(filter.search);
  const order = orders[words.length > 0 && orderBy === 'NAME' ? 'MATCH' : orderBy];
  const { first, after, offset } = readPageRequest(
    page,
    order.name,
    order.columns.map(({ kind }) => kind),
  );
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;

  const matches = words.map((word, index) => `JOIN product_matches(${bind(word)}) m${index} ON m${index}.product_id = p.id`);
  const score = words.map((_, index) => `m${index}.score`).join(' + ');
  const columns = order.columns.map(({ sql, ...column }) => ({ ...column, sql: sql === matchScore ? `-(${score})` : sql }));
  const conditions: string[] = [];
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
    const there = filter.places ? `AND l.place_id = ANY(${bind(filter.places)})` : '';
    conditions.push(
      `${filter.inStock ? '' : 'NOT '}EXISTS (SELECT FROM stock_level l WHERE l.product_id = p.id AND l.on_hand > l.allocated ${there})`,
    );
  }
  const restricted = `product p ${matches.join(' ')} WHERE ${['true', ...conditions].join(' AND ')}`;
  const counted = [...parameters];

  const beyond = after ? `AND ${beyondPlace(columns, after, bind)}` : '';
  const ordering = columns.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const rows = await query<ReadProduct & { place: string[] }>(
    em,
    `SELECT ${productColumns}, ARRAY[${columns.map(({ sql }) => `(${sql})::text`).join(', ')}] AS place FROM ${restricted} ${beyond}
     ORDER BY ${ordering} LIMIT ${bind(first + 1)} OFFSET ${bind(offset)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order: order.name,
    placeOf: ({ place }) => place,
    toNode: ({ place: _, ...row }) => toProduct(row),
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, counted);
      return row?.count ?? 0;
    },
  });
}

/** All columns of an order go the same way, so that one comparison of rows says what comes after a place. */
function beyondPlace(columns: ListOrder['columns'], place: readonly string[], bind: (value: unknown) => string): string {
  const left = columns.map(({ sql }) => sql).join(', ');
  const right = columns.map(({ kind }, index) => `${bind(place[index])}::${kind === 'int' ? 'bigint' : 'text'}`).join(', ');
  return `(${left}) ${columns[0]?.descending ? '<' : '>'} (${right})`;
}

/** The id of the product with this SKU or barcode; null where there is none. */
export async function findProductId(em: EntityManager, by: { sku: string } | { barcode: string }): Promise<number | null> {
  const [column, value] = 'sku' in by ? ['sku', normaliseSku(by.sku)] : ['barcode', by.barcode.trim()];
  if (!isStorable(value)) return null;
  const [row] = await query<{ id: number }>(em, `SELECT id FROM product WHERE ${column} = $1`, [value]);
  return row?.id ?? null;
}
