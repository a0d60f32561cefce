import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { query } from '@comptoir/platform/sql.ts';
import { idempotencyKeyFaults } from '@comptoir/platform/text.ts';
import { readSupplierInput, type SupplierInput } from '../domain/supplier.ts';
import type { Caller, Taken } from './caller.ts';
import { orTaken } from './references.ts';

/** Creates a supplier; its name is unique, whatever its case and accents. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createSupplier(
  database: Database,
  { input, idempotencyKey, caller }: { input: SupplierInput; idempotencyKey?: string | null; caller: Caller },
): Promise<{ readonly kind: 'created'; readonly id: number } | Taken> {
  const { columns, faults } = readSupplierInput(input);
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const { name, email = null, lead_time_days } = columns;
  const request = { principal: caller.consumerId, operation: 'createSupplier', key: idempotencyKey, input: { ...columns, email } };
  return orTaken(
    database.transaction((em) =>
      once(em, request, async () => {
        const [row] = await query<{ id: number }>(
          em,
          'INSERT INTO supplier (name, email, lead_time_days) VALUES ($1, $2, $3) RETURNING id',
          [name, email, lead_time_days],
        );
        const { id } = row as { id: number };
        await recordAudit(em, {
          actor: caller,
          action: 'supplier.created',
          entityType: 'supplier',
          entityId: id,
          entityName: name,
          summary: `Supplier ${name} was created`,
          changes: Object.entries({ name, email, lead_time_days }).map(([field, after]) => ({ field, after })),
        });
        return { kind: 'created' as const, id };
      }),
    ),
  );
}
