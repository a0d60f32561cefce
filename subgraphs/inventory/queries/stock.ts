import type { EntityManager } from '@comptoir/platform/database.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable, parseId } from '@comptoir/platform/text.ts';
import type { MovementKind } from '../domain/stock.ts';
import type { StockLevelRow, StockMovementRow } from '../entities/entities.ts';

interface StoredLevel {
  product_id: number;
  place_id: number;
  on_hand: number;
  allocated: number;
  threshold: number;
  version: number;
  updated_ms: number;
}

export interface StockFilter {
  readonly productId?: string | null;
  readonly placeId?: string | null;
  readonly low?: boolean | null;
  /** Only at these places; null or left out: at all. */
  readonly places?: readonly number[] | null;
}

/** Stock of the products that are sold, by product and place; asked for one product, also where it is archived. */
export async function findStock(em: EntityManager, filter: StockFilter, page: PageRequest): Promise<Page<StockLevelRow>> {
  const { first, after, offset } = readPageRequest(page, 'STOCK', ['int', 'int']);
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  if (typeof filter.productId === 'string') conditions.push(`l.product_id = ${bind(parseId(filter.productId))}`);
  else conditions.push('EXISTS (SELECT FROM product p WHERE p.id = l.product_id AND p.active)');
  if (typeof filter.placeId === 'string') conditions.push(`l.place_id = ${bind(parseId(filter.placeId))}`);
  if (filter.places) conditions.push(`l.place_id = ANY(${bind(filter.places)})`);
  if (typeof filter.low === 'boolean') conditions.push(`l.low = ${bind(filter.low)}`);
  const restricted = `stock_level l WHERE ${conditions.join(' AND ')}`;
  const counted = [...parameters];
  const beyond = after ? `AND (l.product_id, l.place_id) > (${bind(after[0])}::bigint, ${bind(after[1])}::bigint)` : '';
  const rows = await query<StoredLevel>(
    em,
    `SELECT product_id, place_id, on_hand, allocated, threshold, version, extract(epoch FROM updated_at)::float8 * 1000 AS updated_ms
     FROM ${restricted} ${beyond} ORDER BY l.product_id, l.place_id LIMIT ${bind(first + 1)} OFFSET ${bind(offset)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order: 'STOCK',
    placeOf: ({ product_id, place_id }) => [String(product_id), String(place_id)],
    toNode: ({ product_id, place_id, on_hand, updated_ms, ...row }) =>
      ({ ...row, productId: product_id, placeId: place_id, onHand: on_hand, updatedAt: new Date(updated_ms) }) as StockLevelRow,
    count: () => countRows(em, restricted, counted),
  });
}

export interface MovementFilter {
  readonly productId?: string | null;
  readonly placeId?: string | null;
  readonly reference?: string | null;
  /** Only at these places; null or left out: at all. */
  readonly places?: readonly number[] | null;
}

interface StoredMovement {
  id: string;
  product_id: number;
  place_id: number;
  kind: MovementKind;
  on_hand_change: number;
  allocated_change: number;
  reference: string | null;
  actor: string | null;
  reason: string | null;
  at_ms: number;
}

/** The ledger, newest first. */
export async function findMovements(em: EntityManager, filter: MovementFilter, page: PageRequest): Promise<Page<StockMovementRow>> {
  const { first, after } = readPageRequest(page, 'MOVEMENTS', ['int']);
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (typeof filter.productId === 'string') conditions.push(`product_id = ${bind(parseId(filter.productId))}`);
  if (typeof filter.placeId === 'string') conditions.push(`place_id = ${bind(parseId(filter.placeId))}`);
  if (filter.places) conditions.push(`place_id = ANY(${bind(filter.places)})`);
  if (typeof filter.reference === 'string') conditions.push(`reference = ${bind(isStorable(filter.reference) ? filter.reference : null)}`);
  const restricted = `stock_movement WHERE ${conditions.join(' AND ')}`;
  const counted = [...parameters];
  const beyond = after ? `AND id < ${bind(after[0])}::bigint` : '';
  const rows = await query<StoredMovement>(
    em,
    `SELECT id, product_id, place_id, kind, on_hand_change, allocated_change, reference, actor, reason, extract(epoch FROM at)::float8 * 1000 AS at_ms
     FROM ${restricted} ${beyond} ORDER BY id DESC LIMIT ${bind(first + 1)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order: 'MOVEMENTS',
    placeOf: (row) => [row.id],
    toNode: ({ product_id, place_id, on_hand_change, allocated_change, at_ms, ...row }) =>
      ({
        ...row,
        productId: product_id,
        placeId: place_id,
        onHandChange: on_hand_change,
        allocatedChange: allocated_change,
        at: new Date(at_ms),
      }) as StockMovementRow,
    count: () => countRows(em, restricted, counted),
  });
}

async function countRows(em: EntityManager, restricted: string, parameters: readonly unknown[]): Promise<number> {
  const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, parameters);
  return row?.count ?? 0;
}
