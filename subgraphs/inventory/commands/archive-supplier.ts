import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { type Missing, missing } from './caller.ts';

/** Takes a supplier out of use; the products it delivered keep it, and its name is free again. A repetition changes nothing. */
export async function archiveSupplier(
  database: Database,
  id: string,
): Promise<{ readonly kind: 'archived'; readonly id: number } | Missing> {
  const supplierId = parseId(id);
  if (supplierId === null) return missing('supplier', id);
  return database.transaction(async (em) => {
    const rows = await query(em, 'UPDATE supplier SET active = false WHERE id = $1 RETURNING id', [supplierId]);
    return rows.length === 0 ? missing('supplier', id) : { kind: 'archived', id: supplierId };
  });
}
