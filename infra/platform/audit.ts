import { auditQueue } from '@comptoir/schema/topology.ts';
import { recordBusiness } from './business-log.ts';
import type { EntityManager } from './database.ts';
import { appendToOutbox } from './outbox.ts';
import type { Principal } from './principal.ts';
import { isSecretKey, redacted, redactSecrets } from './redact.ts';

/** A value that changed, or that something was done with; anything JSON can hold. Left out: there was none, or there is none any more. */
export interface AuditChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface AuditRecord {
  readonly actor: Pick<Principal, 'consumerId' | 'name'>;
  /** What was done, e.g. `product.updated`: small letters and one dot. */
  readonly action: string;
  /** To what kind of thing, e.g. `product`. */
  readonly entityType: string;
  readonly entityId: string | number;
  /** What it was called by then; left out where it has no name, or one that tells who a customer is. */
  readonly entityName?: string | undefined;
  /** Ids of the places it concerns: managers see what concerns theirs. */
  readonly storeIds?: readonly (string | number)[];
  /** What was done, for a person who reads English; no secret. Clients in other languages say it from the rest. */
  readonly summary: string;
  readonly changes?: readonly AuditChange[];
}

const maxSummaryLength = 500;
/** More of a value than this is not kept: the log says what was changed, it is no copy of the data. */
const maxValueLength = 2_000;

/**
 * Writes an entry of the audit log to the outbox, in the transaction of the change it tells of: both are there, or neither. accounts keeps it; the log of business tells
 * it, too, once that is committed.
 * Values of fields with the name of a secret are left out.
 */
export async function recordAudit(em: EntityManager, record: AuditRecord): Promise<void> {
  const { actor, action, entityType, entityId, entityName, storeIds = [], summary, changes = [] } = record;
  const payload = {
    timestamp: new Date().toISOString(),
    actor_id: actor.consumerId,
    actor_name: actor.name,
    action,
    entity_type: entityType,
    entity_id: String(entityId),
    ...(entityName !== undefined && { entity_name: entityName }),
    store_ids: storeIds.map(String),
    summary: [...summary].slice(0, maxSummaryLength).join(''),
    changes: changes.map(toTold),
  };
  await appendToOutbox(em, [
    {
      exchange: '',
      routingKey: auditQueue,
      type: 'audit.recorded',
      aggregate: { type: 'audit', id: `${entityType}:${entityId}` },
      payload,
      mandatory: true,
    },
  ]);
  recordBusiness(em, {
    actor,
    operation: action,
    entityType,
    entityId,
    details: { entityName, summary: payload.summary, changes: payload.changes },
  });
}

function toTold({ field, before, after }: AuditChange) {
  const tell = (value: unknown) => (isSecretKey(field) ? redacted : bounded(redactSecrets(value)));
  return { field, ...(before !== undefined && { before: tell(before) }), ...(after !== undefined && { after: tell(after) }) };
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part)) ?? 'null';
  return text.length <= maxValueLength ? JSON.parse(text) : `${text.slice(0, maxValueLength)}…`;
}

/** The changes from one state to the next, of the fields of the next that differ. */
export function changesBetween(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): AuditChange[] {
  return Object.entries(after).flatMap(([field, value]) =>
    JSON.stringify(before[field] ?? null) === JSON.stringify(value ?? null) ? [] : [{ field, before: before[field], after: value }],
  );
}
