import type { EntityManager } from '@comptoir/platform/database.ts';
import type { ProductColumns } from '../domain/product.ts';
import { exists } from '../store/products.ts';
import { type Missing, missing } from './caller.ts';

/** The first of the things a product is to refer to that is not there. */
export async function missingReference(em: EntityManager, { category_id, supplier_id }: ProductColumns): Promise<Missing | null> {
  if (category_id && !(await exists(em, 'category', category_id))) return missing('category', category_id);
  if (supplier_id && !(await exists(em, 'supplier', supplier_id))) return missing('supplier', supplier_id);
  return null;
}

const fieldOfConstraint: Readonly<Record<string, string>> = { product_sku: 'sku', product_barcode: 'barcode', category_name: 'name' };

/** The input's field that a unique constraint stands for; null where it is none of ours. */
export const takenField = (constraint: string | null) => (constraint === null ? null : (fieldOfConstraint[constraint] ?? null));
