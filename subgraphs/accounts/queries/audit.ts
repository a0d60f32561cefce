import type { EntityManager } from '@comptoir/platform/database.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type AuditRow, auditColumns, type StoredAudit, toAuditRow } from '../store/audit.ts';

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

const order = 'DONE';
const micros = `(extract(epoch FROM e.occurred_at) * 1000000)::bigint`;

/** The audit log as far as who asks may read it, newest first. */
export async function findAuditEntries(em: EntityManager, asker: Asker, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRow>> {
  const { first, after } = readPageRequest(page, order, ['int', 'int']);
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
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
  const restricted = `audit_entry e WHERE ${conditions.join(' AND ')}`;
  const counted = [...parameters];
  const beyond = after
    ? `AND (e.occurred_at, e.id) < (timestamptz 'epoch' + ${bind(after[0])}::bigint * interval '1 microsecond', ${bind(after[1])}::bigint)`
    : '';
  const rows = await query<StoredAudit & { micros: string }>(
    em,
    `SELECT ${auditColumns}, ${micros} AS micros FROM ${restricted} ${beyond} ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${bind(first + 1)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order,
    placeOf: ({ micros, id }) => [micros, id],
    toNode: ({ micros: _, ...row }) => toAuditRow(row),
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, counted);
      return row?.count ?? 0;
    },
  });
}
