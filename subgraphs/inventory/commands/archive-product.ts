import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { productEvent } from '../messages/outgoing.ts';
import { lockProduct, totalAvailable, updateProduct } from '../store/products.ts';
import { type Caller, type Missing, missing } from './caller.ts';

/** Takes a product out of sale; its stock and history stay. One that was archived already stays as it is, and nobody is told again. */
export async function archiveProduct(
  database: Database,
  id: string,
  caller: Caller,
): Promise<{ readonly kind: 'archived' | 'unchanged'; readonly id: number } | Missing> {
  const productId = parseId(id);
  if (productId === null) return missing('product', id);
  return database.transaction(async (em) => {
    const before = await lockProduct(em, productId, 'update');
    if (!before) return missing('product', id);
    if (!before.active) return { kind: 'unchanged', id: productId };
    const product = await updateProduct(em, productId, { active: false });
    await appendToOutbox(em, [productEvent('produit.deleted', product, await totalAvailable(em, productId))]);
    const summary = `Product ${product.sku} was taken out of sale`;
    await recordAudit(em, {
      actor: caller,
      action: 'product.archived',
      entityType: 'product',
      entityId: productId,
      entityName: product.name,
      summary,
    });
    return { kind: 'archived', id: productId };
  });
}
