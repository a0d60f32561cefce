import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { query } from '@comptoir/platform/sql.ts';
import { idempotencyKeyFaults, parseId, textFaults } from '@comptoir/platform/text.ts';
import { exists } from '../store/products.ts';
import { type Caller, type Missing, missing, type Taken } from './caller.ts';
import { orTaken } from './references.ts';

/** Creates a category; its name is unique below one parent, whatever its case and accents. Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT. */
export async function createCategory(
  database: Database,
  { name, parentId }: { name: string; parentId?: string | null },
  { idempotencyKey: key, caller }: { readonly idempotencyKey?: string | null | undefined; readonly caller: Caller },
): Promise<{ readonly kind: 'created'; readonly id: number } | Missing | Taken> {
  const faults = [...textFaults(name, ['input', 'name'], { min: 1, max: 100 }), ...idempotencyKeyFaults(key)];
  if (faults.length > 0) throw badUserInput(faults);
  const parent = parentId === null || parentId === undefined ? null : parseId(parentId);
  if (parent === null && parentId) return missing('category', parentId);
  const request = {
    principal: caller.consumerId,
    operation: 'createCategory',
    key,
    input: { name: name.trim(), parent },
  };
  return orTaken(
    database.transaction((em) =>
      once(em, request, async () => {
        if (parent !== null && !(await exists(em, 'category', parent))) return missing('category', parent);
        const [row] = await query<{ id: number }>(em, 'INSERT INTO category (name, parent_id) VALUES ($1, $2) RETURNING id', [
          name.trim(),
          parent,
        ]);
        const { id } = row as { id: number };
        await recordAudit(em, {
          actor: caller,
          action: 'category.created',
          entityType: 'category',
          entityId: id,
          entityName: name.trim(),
          summary: `Category ${name.trim()} was created`,
          changes: [{ field: 'name', after: name.trim() }, ...(parent === null ? [] : [{ field: 'parent_id', after: parent }])],
        });
        return { kind: 'created' as const, id };
      }),
    ),
  );
}
