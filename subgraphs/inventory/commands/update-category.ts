import { changesBetween, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId, textFaults } from '@comptoir/platform/text.ts';
import { exists } from '../store/products.ts';
import { type Caller, type Missing, missing, type Taken } from './caller.ts';
import { orTaken } from './references.ts';

type Outcome = { readonly kind: 'updated'; readonly id: number } | Missing | Taken;

/** Of an advisory lock: two that move at once could make a ring of the tree. */
const treeLock = 0x63617465;

async function isBelow(em: EntityManager, id: number, top: number): Promise<boolean> {
  const rows = await query(
    em,
    `WITH RECURSIVE above AS (
       SELECT id, parent_id FROM category WHERE id = $1 UNION ALL SELECT c.id, c.parent_id FROM above JOIN category c ON c.id = above.parent_id
     ) SELECT FROM above WHERE id = $2`,
    [id, top],
  );
  return rows.length > 0;
}

/** Changes the name of a category, or what it is below; null: nothing. Errors: BAD_USER_INPUT with every fault. */
export async function updateCategory(
  database: Database,
  id: string,
  { name, parentId }: { name?: string | null; parentId?: string | null },
  caller: Caller,
): Promise<Outcome> {
  const faults: Fault[] = name === undefined ? [] : textFaults(name ?? '', ['input', 'name'], { min: 1, max: 100 });
  if (faults.length > 0) throw badUserInput(faults);
  const categoryId = parseId(id);
  if (categoryId === null) return missing('category', id);
  const parent = typeof parentId === 'string' ? parseId(parentId) : null;
  if (parent === null && typeof parentId === 'string') return missing('category', parentId);
  return orTaken<Outcome>(
    database.transaction(async (em) => {
      await query(em, 'SELECT pg_advisory_xact_lock($1)', [treeLock]);
      if (!(await exists(em, 'category', categoryId))) return missing('category', id);
      if (parent !== null) {
        if (!(await exists(em, 'category', parent))) return missing('category', parent);
        if (await isBelow(em, parent, categoryId))
          throw badUserInput([{ path: ['input', 'parentId'], message: 'is the category itself or below it' }]);
      }
      const said = { ...(name !== undefined && { name: name?.trim() }), ...(parentId !== undefined && { parent_id: parent }) };
      const [before] = await query<{ name: string; parent_id: number | null }>(em, 'SELECT name, parent_id FROM category WHERE id = $1', [
        categoryId,
      ]);
      const changes = changesBetween({ ...before }, said);
      if (changes.length > 0) {
        await query(
          em,
          'UPDATE category SET name = coalesce($2, name), parent_id = CASE WHEN $3::boolean THEN $4::int ELSE parent_id END WHERE id = $1',
          [categoryId, name?.trim() ?? null, parentId !== undefined, parent],
        );
        const summary = `Category ${before?.name} was changed`;
        await recordAudit(em, {
          actor: caller,
          action: 'category.updated',
          entityType: 'category',
          entityId: categoryId,
          entityName: before?.name,
          summary,
          changes,
        });
      }
      return { kind: 'updated', id: categoryId };
    }),
  );
}
