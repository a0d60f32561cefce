import { type AuditChange, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { idempotencyKeyFaults, parseId, wholeNumberFaults } from '@comptoir/platform/text.ts';
import { type ProductColumns, type ProductInput, readProductInput } from '../domain/product.ts';
import { available, crossed, maxQuantity, planTotal } from '../domain/stock.ts';
import { productEvent, stockChanges, stockEvents, stockLow } from '../messages/outgoing.ts';
import { book, changeThreshold, ensureLevel, lockLevelsOf } from '../store/levels.ts';
import { lockProduct, type ProductState, totalAvailable, warehouseId, updateProduct as write } from '../store/products.ts';
import { freeExpired } from '../store/reservations.ts';
import { type Caller, type Missing, missing, type Taken } from './caller.ts';
import { missingReference, orTaken } from './references.ts';

export interface UpdateProduct extends ProductInput {
  /** What is to be available over all places. */
  readonly totalStock?: number | null;
  readonly expectedVersion?: number | null;
}

export type UpdateProductOutcome =
  | { readonly kind: 'updated'; readonly id: number }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'out-of-sale'; readonly id: number }
  | Missing
  | Taken;

/** Changes what is given of a product; one that was archived stays as it was sold last. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function updateProduct(
  database: Database,
  { id, input, idempotencyKey, caller }: { id: string; input: UpdateProduct; idempotencyKey?: string | null; caller: Caller },
): Promise<UpdateProductOutcome> {
  const { columns, faults, unknown } = readProductInput(input);
  const totalStock = input.totalStock ?? null;
  if (totalStock !== null) faults.push(...wholeNumberFaults(totalStock, ['input', 'totalStock'], { min: 0, max: maxQuantity }));
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const productId = parseId(id);
  if (productId === null) return missing('product', id);
  if (unknown) return missing(unknown.what, unknown.id);
  const { expectedVersion = null } = input;
  const asked = { productId, ...columns, totalStock, expectedVersion };
  const request = { principal: caller.consumerId, operation: 'updateProduct', key: idempotencyKey, input: asked };
  return orTaken<UpdateProductOutcome>(
    database.transaction((em) =>
      once<UpdateProductOutcome>(em, request, async () => {
        const product = await lockProduct(em, productId, 'update');
        if (!product) return missing('product', id);
        if (!product.active) return { kind: 'out-of-sale', id: productId };
        if (expectedVersion !== null && product.version !== expectedVersion) return { kind: 'stale', version: product.version };
        const absent = await missingReference(em, columns);
        if (absent) return absent;
        await change(em, product, columns, totalStock, caller);
        return { kind: 'updated', id: productId };
      }),
    ),
  );
}

async function change(
  em: EntityManager,
  before: ProductState,
  columns: ProductColumns,
  totalStock: number | null,
  caller: Caller,
): Promise<void> {
  const threshold = columns.alert_threshold ?? before.alertThreshold;
  const thresholdChanges = threshold === before.alertThreshold ? [] : await changeThreshold(em, before.id, threshold);
  const stockMessages = totalStock === null ? [] : await setTotal(em, { ...before, alertThreshold: threshold }, totalStock, caller);
  const { rest, changes } = await changedColumns(em, before.id, columns);
  if (stockMessages.length === 0 && Object.keys(rest).length === 0) return;
  const product = await write(em, before.id, rest);
  const named = new Map([[product.id, product]]);
  await appendToOutbox(em, [
    productEvent('produit.updated', product, await totalAvailable(em, product.id)),
    ...stockEvents(thresholdChanges, named),
    ...stockMessages,
  ]);
  await recordAudit(em, {
    actor: caller,
    action: 'product.updated',
    entityType: 'product',
    entityId: before.id,
    entityName: before.name,
    summary: `Product ${before.sku} was changed`,
    changes: stockMessages.length === 0 ? changes : [...changes, { field: 'total_stock', after: totalStock }],
  });
}

/** Only what differs: a request that changes nothing counts no version up and tells nobody. */
async function changedColumns(
  em: EntityManager,
  id: number,
  columns: ProductColumns,
): Promise<{ rest: ProductColumns; changes: AuditChange[] }> {
  const names = Object.keys(columns);
  if (names.length === 0) return { rest: {}, changes: [] };
  const [row] = await query<Record<string, unknown>>(em, `SELECT ${names.join(', ')} FROM product WHERE id = $1`, [id]);
  const differing = Object.entries(columns).filter(([name, value]) => String(row?.[name] ?? null) !== String(value));
  return {
    rest: Object.fromEntries(differing) as ProductColumns,
    changes: differing.map(([field, after]) => ({ field, before: row?.[field], after })),
  };
}

/**
 * Brings what is available over all places to one figure. Who knows one figure only gets one warning at most: where that figure, or a place, falls below the
 * threshold.
 */
async function setTotal(em: EntityManager, product: ProductState, total: number, caller: Caller): Promise<OutboxMessage[]> {
  const warehouse = await warehouseId(em);
  await ensureLevel(em, { productId: product.id, placeId: warehouse });
  const locked = await lockLevelsOf(em, product.id);
  const freed = await freeExpired(em, locked);
  const levels = locked.map((level) => freed.find((change) => change.level.placeId === level.placeId)?.level ?? level);
  const before = levels.reduce((sum, level) => sum + available(level), 0);
  const changes = await book(
    em,
    planTotal(levels, warehouse, total).map(({ placeId, change }) => ({
      productId: product.id,
      placeId,
      kind: 'COUNT',
      onHandChange: change,
      allocatedChange: 0,
      actor: caller.name,
      reason: `${total} available over all places`,
    })),
  );
  const messages = stockChanges([...freed, ...changes]);
  const totalCrossed = before >= product.alertThreshold && total < product.alertThreshold;
  const place = changes.find((change) => change.level.placeId === warehouse && crossed(change)) ?? changes.find(crossed);
  if (!product.active || (!totalCrossed && !place)) return messages;
  const { id: productId, name } = product;
  const shortage =
    totalCrossed || !place ? { stock: total, placeId: warehouse } : { stock: available(place.level), placeId: place.level.placeId };
  return [...messages, stockLow({ productId, name, ...shortage })];
}
