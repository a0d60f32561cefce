import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { type Caller, type Missing, missing } from './caller.ts';

type Outcome = { readonly kind: 'archived' | 'in-use'; readonly id: number } | Missing;

/** Takes a category out of use, unless something is in it: products that are sold, or categories. Its name is free again. A repetition changes nothing. */
export async function archiveCategory(database: Database, id: string, caller: Caller): Promise<Outcome> {
  const categoryId = parseId(id);
  if (categoryId === null) return missing('category', id);
  return database.transaction<Outcome>(async (em) => {
    // Whoever is putting something into it holds it, too: a statement of its own looks, once that is over.
    const locked = await query(em, 'SELECT FROM category WHERE id = $1 FOR UPDATE', [categoryId]);
    if (locked.length === 0) return missing('category', id);
    const inIt = await query(
      em,
      'SELECT FROM product WHERE category_id = $1 AND active UNION ALL SELECT FROM category WHERE parent_id = $1 AND active LIMIT 1',
      [categoryId],
    );
    if (inIt.length > 0) return { kind: 'in-use', id: categoryId };
    const [changed] = await query<{ name: string }>(em, 'UPDATE category SET active = false WHERE id = $1 AND active RETURNING name', [
      categoryId,
    ]);
    if (changed) {
      const summary = `Category ${changed.name} was archived`;
      await recordAudit(em, {
        actor: caller,
        action: 'category.archived',
        entityType: 'category',
        entityId: categoryId,
        entityName: changed.name,
        summary,
      });
    }
    return { kind: 'archived', id: categoryId };
  });
}
