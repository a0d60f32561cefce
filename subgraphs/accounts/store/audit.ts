import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { ms, type WithNumbers } from './moments.ts';

export interface AuditChangeRow {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly entityName: string | null;
  readonly storeIds: readonly string[];
  readonly summary: string;
  readonly changes: readonly AuditChangeRow[];
}

export type StoredAudit = WithNumbers<AuditRow>;

export const auditColumns = `e.id, ${ms('e.occurred_at')} AS at, e.actor_id AS "actorId", e.actor_name AS "actorName", e.action, e.entity_type AS "entityType",
  e.entity_id AS "entityId", e.entity_name AS "entityName", e.store_ids AS "storeIds", e.summary, e.changes`;

export const toAuditRow = ({ at, ...row }: StoredAudit): AuditRow => ({ ...row, at: new Date(at) });

/** Returns their ids in the order of the entries. */
export async function insertAuditEntries(em: EntityManager, entries: readonly MessageOf<'audit.recorded'>[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    frequent(`INSERT INTO audit_entry (occurred_at, actor_id, actor_name, action, entity_type, entity_id, entity_name, store_ids, summary, changes)
     SELECT "timestamp", actor_id, actor_name, action, entity_type, entity_id, entity_name, store_ids, summary, changes
     FROM ROWS FROM (json_to_recordset($1::json) AS ("timestamp" timestamptz, actor_id text, actor_name text, action text, entity_type text, entity_id text,
       entity_name text, store_ids text[], summary text, changes json)) WITH ORDINALITY AS told("timestamp", actor_id, actor_name, action, entity_type, entity_id,
       entity_name, store_ids, summary, changes, n)
     ORDER BY n RETURNING id`),
    [JSON.stringify(entries)],
  );
  return rows.map(({ id }) => id);
}

export async function readAuditEntry(em: EntityManager, id: string): Promise<AuditRow | null> {
  const [row] = await query<StoredAudit>(em, `SELECT ${auditColumns} FROM audit_entry e WHERE e.id = $1::bigint`, [id]);
  return row ? toAuditRow(row) : null;
}
