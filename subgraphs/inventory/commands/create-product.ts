import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, wholeNumberFaults } from '@comptoir/platform/text.ts';
import { type ProductColumns, type ProductInput, readProductInput } from '../domain/product.ts';
import { makeSku } from '../domain/sku.ts';
import { maxQuantity } from '../domain/stock.ts';
import { productEvent, stockChanges } from '../messages/outgoing.ts';
import { book, ensureLevel, lockLevels } from '../store/levels.ts';
import { insertProduct, nextProductId, warehouseId } from '../store/products.ts';
import { type Caller, type Missing, missing, type Taken } from './caller.ts';
import { missingReference, orTaken } from './references.ts';

export interface CreateProduct extends ProductInput {
  readonly name: string;
  readonly priceMinor: number;
  readonly initialStock?: number | null;
}

export type CreateProductOutcome = { readonly kind: 'created'; readonly id: number } | Missing | Taken;

/** Creates a product, with its first stock at the warehouse. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createProduct(
  database: Database,
  { input, idempotencyKey, caller }: { input: CreateProduct; idempotencyKey?: string | null; caller: Caller },
): Promise<CreateProductOutcome> {
  const { columns, faults, unknown } = readProductInput(input);
  const initialStock = input.initialStock ?? 0;
  faults.push(
    ...wholeNumberFaults(initialStock, ['input', 'initialStock'], { min: 0, max: maxQuantity }),
    ...idempotencyKeyFaults(idempotencyKey),
  );
  if (faults.length > 0) throw badUserInput(faults);
  if (unknown) return missing(unknown.what, unknown.id);

  const request = { principal: caller.consumerId, operation: 'createProduct', key: idempotencyKey, input: { ...columns, initialStock } };
  return orTaken(database.transaction((em) => once(em, request, () => insert(em, columns, initialStock, caller))));
}

async function insert(em: EntityManager, columns: ProductColumns, initialStock: number, caller: Caller): Promise<CreateProductOutcome> {
  const absent = await missingReference(em, columns);
  if (absent) return absent;
  const id = await nextProductId(em);
  const product = await insertProduct(em, id, { ...columns, sku: columns.sku ?? makeSku(columns.name ?? '', id) });
  const key = { productId: id, placeId: await warehouseId(em) };
  await ensureLevel(em, key);
  await lockLevels(em, [key]);
  const changes = await book(em, [{ ...key, kind: 'INITIAL', onHandChange: initialStock, allocatedChange: 0, actor: caller.name }]);
  // Stock that was never higher has not fallen below anything.
  await appendToOutbox(em, [productEvent('produit.created', product, initialStock), ...stockChanges(changes)]);
  await recordAudit(em, {
    actor: caller,
    action: 'product.created',
    entityType: 'product',
    entityId: id,
    entityName: product.name,
    summary: `Product ${product.sku} was created`,
    changes: Object.entries({ ...columns, sku: product.sku, initial_stock: initialStock }).map(([field, after]) => ({ field, after })),
  });
  return { kind: 'created', id };
}
