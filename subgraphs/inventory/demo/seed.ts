import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import { defaultCurrency } from '@comptoir/platform/money.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { productEvent } from '../messages/outgoing.ts';
import { makeDemoCatalogue } from './catalogue.ts';

/** Of an advisory lock: two processes that start at once seed once. */
const seedLock = 0x636f6d20;

/** Creates the catalogue of the demo where there are no products yet; leaves everything as it is where there are. */
export async function seedDemoCatalogue(database: Database, log: Log): Promise<void> {
  const startedAt = performance.now();
  const seeded = await database.transaction(async (em) => {
    await query(em, 'SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const [found] = await query(
      em,
      'SELECT FROM (SELECT FROM product UNION ALL SELECT FROM place UNION ALL SELECT FROM category UNION ALL SELECT FROM supplier) row LIMIT 1',
    );
    if (found) return false;
    await insertCatalogue(em);
    return true;
  });
  if (seeded) log.info({ event: 'demo_seeded', durationMs: Math.round(performance.now() - startedAt) }, 'catalogue of the demo created');
}

/** One statement a table, however many rows; the rows as JSON, whose fields have the names of the columns. */
async function insertRows(em: EntityManager, table: string, columns: string, rows: readonly object[]): Promise<void> {
  await query(em, `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`, [
    JSON.stringify(rows),
  ]);
}

async function insertCatalogue(em: EntityManager): Promise<void> {
  const { places, categories, suppliers, products, stock } = makeDemoCatalogue();
  const thresholds = new Map(products.map(({ id, alertThreshold }) => [id, alertThreshold]));
  const totals = new Map<number, number>();
  for (const { productId, onHand } of stock) totals.set(productId, (totals.get(productId) ?? 0) + onHand);

  await insertRows(em, 'place', 'id, name, kind, town', places);
  await insertRows(
    em,
    'category',
    'id, name, parent_id',
    categories.map(({ parentId, ...row }) => ({ ...row, parent_id: parentId })),
  );
  await insertRows(
    em,
    'supplier',
    'id, name, email, lead_time_days',
    suppliers.map(({ leadTimeDays, ...row }) => ({ ...row, lead_time_days: leadTimeDays })),
  );
  await insertRows(
    em,
    'product',
    'id, sku, barcode, name, description, price_minor, cost_minor, tax_ppm, category_id, supplier_id, alert_threshold',
    products.map(({ priceMinor, costMinor, taxPpm, categoryId, supplierId, alertThreshold, ...row }) => ({
      ...row,
      price_minor: priceMinor,
      cost_minor: costMinor,
      tax_ppm: taxPpm,
      category_id: categoryId,
      supplier_id: supplierId,
      alert_threshold: alertThreshold,
    })),
  );
  await insertRows(
    em,
    'stock_level',
    'product_id, place_id, on_hand, threshold',
    stock.map(({ productId, placeId, onHand }) => ({
      product_id: productId,
      place_id: placeId,
      on_hand: onHand,
      threshold: thresholds.get(productId),
    })),
  );
  await query(
    em,
    `INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change, actor)
     SELECT product_id, place_id, 'INITIAL', on_hand, 0, 'demo' FROM stock_level ORDER BY product_id, place_id`,
  );
  for (const table of ['place', 'category', 'supplier', 'product']) {
    await query(em, `SELECT setval(pg_get_serial_sequence($1, 'id'), (SELECT max(id) FROM ${table}))`, [table]);
  }
  await appendToOutbox(
    em,
    products.map(({ id, sku, name, priceMinor, alertThreshold }) =>
      productEvent(
        'produit.created',
        { id, sku, name, priceMinor: BigInt(priceMinor), currency: defaultCurrency, alertThreshold, active: true, version: 1 },
        totals.get(id) ?? 0,
      ),
    ),
  );
}
