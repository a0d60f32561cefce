import { afterCommit } from './after-commit.ts';
import type { EntityManager } from './database.ts';
import { businessEvent } from './log-files.ts';
import type { Principal } from './principal.ts';

export interface BusinessRecord {
  readonly actor: Pick<Principal, 'consumerId'> & Partial<Pick<Principal, 'name'>>;
  /** What was done, e.g. `calculation.submitted`: small letters and one dot. */
  readonly operation: string;
  readonly entityType: string;
  readonly entityId: string | number;
  /** More to know of it, without secrets and without what tells who a customer is. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Tells the log of something done, once the transaction that did it is committed. What is audited is told by recordAudit already; this is for what is done too often
 * to be audited, as calculations are.
 */
export function recordBusiness(em: EntityManager, { actor, operation, entityType, entityId, details }: BusinessRecord): void {
  afterCommit(em, (log) =>
    // At the level debug, since standard output tells of the request already; a log directory has it whatever the level is.
    log.debug(
      {
        event: businessEvent,
        operation,
        entityType,
        entityId: String(entityId),
        userId: actor.consumerId,
        user: actor.name ?? actor.consumerId,
        details,
      },
      operation,
    ),
  );
}
