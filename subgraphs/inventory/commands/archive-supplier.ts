import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { type Caller, type Missing, missing } from './caller.ts';

/** Takes a supplier out of use; the products it delivered keep it, and its name is free again. A repetition changes nothing. */
export async function archiveSupplier(
  database: Database,
  id: string,
  caller: Caller,
): Promise<{ readonly kind: 'archived'; readonly id: number } | Missing> {
  const supplierId = parseId(id);
  if (supplierId === null) return missing('supplier', id);
  return database.transaction(async (em) => {
    const [before] = await query<{ name: string; active: boolean }>(em, 'SELECT name, active FROM supplier WHERE id = $1 FOR UPDATE', [
      supplierId,
    ]);
    if (!before) return missing('supplier', id);
    if (before.active) {
      await query(em, 'UPDATE supplier SET active = false WHERE id = $1', [supplierId]);
      const summary = `Supplier ${before.name} was archived`;
      await recordAudit(em, {
        actor: caller,
        action: 'supplier.archived',
        entityType: 'supplier',
        entityId: supplierId,
        entityName: before.name,
        summary,
      });
    }
    return { kind: 'archived', id: supplierId };
  });
}
