import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { readSupplierInput, type SupplierInput } from '../domain/supplier.ts';
import { type Missing, missing, type Taken } from './caller.ts';
import { orTaken } from './references.ts';

type Outcome = { readonly kind: 'updated'; readonly id: number } | Missing | Taken;

/** Changes what is given of a supplier, also of one that was archived. Errors: BAD_USER_INPUT with every fault. */
export async function updateSupplier(database: Database, id: string, input: SupplierInput): Promise<Outcome> {
  const { columns, faults } = readSupplierInput(input);
  if (faults.length > 0) throw badUserInput(faults);
  const supplierId = parseId(id);
  if (supplierId === null) return missing('supplier', id);
  const assignments = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`);
  return orTaken<Outcome>(
    database.transaction(async (em) => {
      const rows = await query(
        em,
        // The names of columns are ours, never a caller's.
        `UPDATE supplier SET ${['id = id', ...assignments].join(', ')} WHERE id = $1 RETURNING id`,
        [supplierId, ...Object.values(columns)],
      );
      return rows.length === 0 ? missing('supplier', id) : { kind: 'updated', id: supplierId };
    }),
  );
}
