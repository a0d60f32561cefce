import type { EntityManager } from '@comptoir/platform/database.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import type { ProductColumns } from '../domain/product.ts';
import { exists } from '../store/products.ts';
import { type Missing, missing, type Taken } from './caller.ts';

/** The first of the things a product is to refer to that is not there. */
export async function missingReference(em: EntityManager, { category_id, supplier_id }: ProductColumns): Promise<Missing | null> {
  if (category_id && !(await exists(em, 'category', category_id))) return missing('category', category_id);
  if (supplier_id && !(await exists(em, 'supplier', supplier_id))) return missing('supplier', supplier_id);
  return null;
}

const fieldOfConstraint: Readonly<Record<string, string>> = {
  product_sku: 'sku',
  product_barcode: 'barcode',
  category_name: 'name',
  supplier_name: 'name',
};

/** What the work comes to, or the input's field whose value is another's already. */
export async function orTaken<Outcome>(work: Promise<Outcome>): Promise<Outcome | Taken> {
  try {
    return await work;
  } catch (error) {
    const field = fieldOfConstraint[violatedUnique(error) ?? ''];
    if (field) return { kind: 'taken', field };
    throw error;
  }
}
