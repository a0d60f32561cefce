import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import { available, type Booking, type Level, type LevelChange } from '../domain/stock.ts';

export interface LevelKey {
  readonly productId: number;
  readonly placeId: number;
}

interface StoredLevel {
  product_id: number;
  place_id: number;
  on_hand: number;
  allocated: number;
  threshold: number;
  version: number;
  updated_ms: number;
}

const columns = (table: string) =>
  `${['product_id', 'place_id', 'on_hand', 'allocated', 'threshold', 'version'].map((column) => `${table}.${column}`).join(', ')}, extract(epoch FROM ${table}.updated_at)::float8 * 1000 AS updated_ms`;

const toLevel = ({ product_id, place_id, on_hand, allocated, threshold, version, updated_ms }: StoredLevel): Level => ({
  productId: product_id,
  placeId: place_id,
  onHand: on_hand,
  allocated,
  threshold,
  version,
  updatedAt: new Date(updated_ms),
});

const products = (keys: readonly LevelKey[]) => keys.map(({ productId }) => productId);
const places = (keys: readonly LevelKey[]) => keys.map(({ placeId }) => placeId);

/** Makes an empty row for a product at a place where there is none. The product must be locked, so that its threshold stays. */
export async function ensureLevel(em: EntityManager, { productId, placeId }: LevelKey): Promise<void> {
  await query(
    em,
    unread(
      'INSERT INTO stock_level (product_id, place_id, threshold) SELECT id, $2, alert_threshold FROM product WHERE id = $1 ON CONFLICT DO NOTHING',
    ),
    [productId, placeId],
  );
}

/** Locks the rows in the one order that everybody keeps to, so that two baskets wait for each other instead of deadlocking. */
export async function lockLevels(em: EntityManager, keys: readonly LevelKey[]): Promise<Level[]> {
  if (keys.length === 0) return [];
  const rows = await query<StoredLevel>(
    em,
    frequent(`SELECT ${columns('l')} FROM stock_level l WHERE (product_id, place_id) IN (SELECT * FROM unnest($1::int[], $2::int[]))
     ORDER BY product_id, place_id FOR UPDATE`),
    [products(keys), places(keys)],
  );
  return rows.map(toLevel);
}

/** Locks the rows of what sagas have reserved, in the same order. */
export async function lockReservedLevels(em: EntityManager, sagaIds: readonly string[]): Promise<Level[]> {
  const rows = await query<StoredLevel>(
    em,
    frequent(`SELECT ${columns('l')} FROM stock_level l
     WHERE (product_id, place_id) IN (SELECT product_id, place_id FROM reservation WHERE saga_id = ANY($1::text[]))
     ORDER BY product_id, place_id FOR UPDATE`),
    [sagaIds],
  );
  return rows.map(toLevel);
}

/** All rows of a product, locked. */
export async function lockLevelsOf(em: EntityManager, productId: number): Promise<Level[]> {
  const rows = await query<StoredLevel>(
    em,
    frequent(`SELECT ${columns('l')} FROM stock_level l WHERE product_id = $1 ORDER BY place_id FOR UPDATE`),
    [productId],
  );
  return rows.map(toLevel);
}

const tallyShards = 16;

/**
 * Books lines on locked rows: the ledger's lines, the tally of what was sold, and the changes of the levels, which come back in the order of their keys. Several lines of one level are summed.
 * Rejects where a level would go below what is allocated or below zero: a CHECK of the table.
 */
export async function book(em: EntityManager, bookings: readonly Booking[]): Promise<LevelChange[]> {
  if (bookings.length === 0) return [];
  const list = <T>(pick: (booking: Booking) => T) => bookings.map(pick);
  const rows = await query<StoredLevel & { on_hand_change: number; allocated_change: number }>(
    em,
    frequent(`WITH booking AS MATERIALIZED (
       SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[])
         WITH ORDINALITY AS b(product_id, place_id, kind, on_hand_change, allocated_change, reference, actor, reason, n)
     ), ledger AS (
       INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change, reference, actor, reason)
       SELECT product_id, place_id, kind, on_hand_change, allocated_change, reference, actor, reason FROM booking ORDER BY n
     ), change AS (
       SELECT product_id, place_id, sum(on_hand_change)::int AS on_hand_change, sum(allocated_change)::int AS allocated_change
       FROM booking GROUP BY product_id, place_id
     ), sold AS (
       INSERT INTO sale_tally AS t (shard, units)
       SELECT pg_backend_pid() % ${tallyShards}, -sum(on_hand_change) FROM booking WHERE kind = 'SALE' HAVING count(*) > 0
       ON CONFLICT (shard) DO UPDATE SET units = t.units + excluded.units
     )
     UPDATE stock_level l
     SET on_hand = l.on_hand + change.on_hand_change, allocated = l.allocated + change.allocated_change, version = l.version + 1, updated_at = clock_timestamp()
     FROM change WHERE l.product_id = change.product_id AND l.place_id = change.place_id
     RETURNING ${columns('l')}, change.on_hand_change, change.allocated_change`),
    [
      list(({ productId }) => productId),
      list(({ placeId }) => placeId),
      list(({ kind }) => kind),
      list(({ onHandChange }) => onHandChange),
      list(({ allocatedChange }) => allocatedChange),
      list(({ reference }) => reference ?? null),
      list(({ actor }) => actor ?? null),
      list(({ reason }) => reason ?? null),
    ],
  );
  return rows
    .sort((left, right) => left.product_id - right.product_id || left.place_id - right.place_id)
    .map((row) => {
      const level = toLevel(row);
      return { level, availableBefore: available(level) - row.on_hand_change + row.allocated_change, thresholdBefore: level.threshold };
    });
}

/** Gives all levels of a product its new threshold. */
export async function changeThreshold(em: EntityManager, productId: number, threshold: number): Promise<LevelChange[]> {
  const before = await lockLevelsOf(em, productId);
  const thresholds = new Map(before.map((level) => [level.placeId, level.threshold]));
  const rows = await query<StoredLevel>(
    em,
    frequent(
      `UPDATE stock_level l SET threshold = $2, version = version + 1, updated_at = clock_timestamp() WHERE product_id = $1 RETURNING ${columns('l')}`,
    ),
    [productId, threshold],
  );
  return rows
    .map(toLevel)
    .sort((left, right) => left.placeId - right.placeId)
    .map((level) => ({ level, availableBefore: available(level), thresholdBefore: thresholds.get(level.placeId) ?? threshold }));
}
