import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type AuditRow, auditColumns, toAuditRow } from '../store/audit.ts';

export interface AuditFilter {
  readonly actorId?: string | null;
  readonly entityType?: string | null;
  readonly entityId?: string | null;
  readonly action?: string | null;
  readonly since?: Date | null;
  readonly until?: Date | null;
}

type Asker = Pick<Principal, 'roles' | 'stores'>;

/** Whether an entry is for who asks: an administrator sees all, a manager what concerns the own places, and nothing that concerns none. */
export function mayReadEntry({ roles, stores }: Asker, storeIds: readonly string[]): boolean {
  if (roles.includes('ADMIN') && stores === null) return true;
  if (!roles.includes('ADMIN') && !roles.includes('MANAGER')) return false;
  return stores === null ? storeIds.length > 0 : storeIds.some((id) => stores.includes(id));
}

const newestFirst: ListOrder = {
  name: 'DONE',
  columns: [
    { sql: 'e.occurred_at', kind: 'instant' },
    { sql: 'e.id', kind: 'int' },
  ],
  descending: true,
};

/** The audit log as far as who asks may read it, newest first. */
export function findAuditEntries(
  em: EntityManager,
  asker: Asker,
  filter: AuditFilter,
  page: PageRequest & { readonly counted: boolean },
): Promise<Page<AuditRow>> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  const restrict = (value: string | null | undefined, condition: (parameter: string) => string) => {
    // No entry has what the database cannot keep.
    if (typeof value === 'string') conditions.push(isStorable(value) ? condition(bind(value)) : 'false');
  };
  restrict(filter.actorId, (id) => `e.actor_id = ${id}`);
  restrict(filter.entityType, (type) => `e.entity_type = ${type}`);
  restrict(filter.entityId, (id) => `e.entity_id = ${id}`);
  restrict(filter.action, (action) => (filter.action?.endsWith('.') ? `starts_with(e.action, ${action})` : `e.action = ${action}`));
  restrict(filter.since?.toISOString(), (since) => `e.occurred_at >= ${since}::timestamptz`);
  restrict(filter.until?.toISOString(), (until) => `e.occurred_at < ${until}::timestamptz`);
  if (asker.stores !== null) conditions.push(`e.store_ids && ${bind(asker.stores)}::text[]`);
  else if (!asker.roles.includes('ADMIN')) conditions.push(`e.store_ids <> '{}'`);
  const from = `audit_entry e WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: auditColumns, from, parameters, order: newestFirst, toNode: toAuditRow }, page);
}
