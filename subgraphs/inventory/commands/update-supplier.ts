import { changesBetween, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { readSupplierInput, type SupplierInput } from '../domain/supplier.ts';
import { type Caller, type Missing, missing, type Taken } from './caller.ts';
import { orTaken } from './references.ts';

type Outcome = { readonly kind: 'updated'; readonly id: number } | Missing | Taken;

/** Changes what is given of a supplier, also of one that was archived. Errors: BAD_USER_INPUT with every fault. */
export async function updateSupplier(database: Database, id: string, input: SupplierInput, caller: Caller): Promise<Outcome> {
  const { columns, faults } = readSupplierInput(input);
  if (faults.length > 0) throw badUserInput(faults);
  const supplierId = parseId(id);
  if (supplierId === null) return missing('supplier', id);
  const assignments = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`);
  return orTaken<Outcome>(
    database.transaction(async (em) => {
      const [before] = await query<{ name: string; email: string | null; lead_time_days: number }>(
        em,
        'SELECT name, email, lead_time_days FROM supplier WHERE id = $1 FOR UPDATE',
        [supplierId],
      );
      if (!before) return missing('supplier', id);
      const changes = changesBetween({ ...before }, { ...columns });
      if (changes.length > 0) {
        // The names of columns are ours, never a caller's.
        await query(em, `UPDATE supplier SET ${assignments.join(', ')} WHERE id = $1`, [supplierId, ...Object.values(columns)]);
        const summary = `Supplier ${before.name} was changed`;
        await recordAudit(em, {
          actor: caller,
          action: 'supplier.updated',
          entityType: 'supplier',
          entityId: supplierId,
          entityName: before.name,
          summary,
          changes,
        });
      }
      return { kind: 'updated', id: supplierId };
    }),
  );
}
