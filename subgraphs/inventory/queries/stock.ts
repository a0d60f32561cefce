import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { isStorable, parseId } from '@comptoir/platform/text.ts';
import type { StockMovementRow } from '../entities/entities.ts';
import { levelColumns, levelTable, ms, type Read, type ShownLevel, toLevel } from './rows.ts';

export interface StockFilter {
  readonly productId?: string | null;
  readonly placeId?: string | null;
  readonly low?: boolean | null;
  /** Only at these places; null or left out: at all. */
  readonly places?: readonly number[] | null;
}

const byProduct: ListOrder = {
  name: 'STOCK',
  columns: [
    { sql: 'l.product_id', kind: 'int' },
    { sql: 'l.place_id', kind: 'int' },
  ],
};

/** Stock of the products that are sold, by product and place; asked for one product, also where it is archived. */
export function findStock(em: EntityManager, filter: StockFilter, page: PageRequest & { counted: boolean }): Promise<Page<ShownLevel>> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  if (typeof filter.productId === 'string') conditions.push(`l.product_id = ${bind(parseId(filter.productId))}`);
  else conditions.push('EXISTS (SELECT FROM product p WHERE p.id = l.product_id AND p.active)');
  if (typeof filter.placeId === 'string') conditions.push(`l.place_id = ${bind(parseId(filter.placeId))}`);
  if (filter.places) conditions.push(`l.place_id = ANY(${bind(filter.places)})`);
  if (typeof filter.low === 'boolean') conditions.push(`l.low = ${bind(filter.low)}`);
  const from = `${levelTable} WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: levelColumns, from, parameters, order: byProduct, toNode: toLevel }, page);
}

export interface MovementFilter {
  readonly productId?: string | null;
  readonly placeId?: string | null;
  readonly reference?: string | null;
  /** Only at these places; null or left out: at all. */
  readonly places?: readonly number[] | null;
}

const movementColumns = `id, product_id AS "productId", place_id AS "placeId", kind, on_hand_change AS "onHandChange",
  allocated_change AS "allocatedChange", reference, actor, reason, ${ms('at')} AS at`;
const newestFirst: ListOrder = { name: 'MOVEMENTS', columns: [{ sql: 'id', kind: 'int' }], descending: true };

function toMovement({ at, ...row }: Read<StockMovementRow, 'at'>): StockMovementRow {
  return { ...row, at: new Date(at) };
}

/** The ledger, newest first. */
export function findMovements(
  em: EntityManager,
  filter: MovementFilter,
  page: PageRequest & { counted: boolean },
): Promise<Page<StockMovementRow>> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (typeof filter.productId === 'string') conditions.push(`product_id = ${bind(parseId(filter.productId))}`);
  if (typeof filter.placeId === 'string') conditions.push(`place_id = ${bind(parseId(filter.placeId))}`);
  if (filter.places) conditions.push(`place_id = ANY(${bind(filter.places)})`);
  if (typeof filter.reference === 'string') conditions.push(`reference = ${bind(isStorable(filter.reference) ? filter.reference : null)}`);
  const from = `stock_movement WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: movementColumns, from, parameters, order: newestFirst, toNode: toMovement }, page);
}
