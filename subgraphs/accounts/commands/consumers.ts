import { changesBetween, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { idempotencyKeyFaults, isStorable } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { type ConsumerInput, readConsumer } from '../domain/read-consumer.ts';
import { consumerNameConstraint, insertConsumer, lockConsumer, updateConsumer as write } from '../store/consumers.ts';
import { demandEverywhere, type Missing, type Stale, type Taken } from './outcomes.ts';

const taken: Taken = { kind: 'taken', field: 'name' };

/** Creates a consumer, without a key yet. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createConsumer(
  database: Database,
  { principal, input, idempotencyKey }: { principal: Principal; input: ConsumerInput; idempotencyKey?: string | null },
): Promise<{ readonly kind: 'created'; readonly id: string } | Taken> {
  demandEverywhere(principal);
  const { columns, faults } = readConsumer(input);
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const request = { principal: principal.consumerId, operation: 'createConsumer', key: idempotencyKey, input: columns };
  try {
    return await database.transaction((em) =>
      once(em, request, async () => {
        const id = await insertConsumer(em, columns);
        await recordAudit(em, {
          actor: principal,
          action: 'consumer.created',
          entityType: 'consumer',
          entityId: id,
          entityName: columns.name,
          summary: `Consumer ${columns.name} was created`,
          changes: Object.entries(columns).flatMap(([field, after]) => (after === null ? [] : [{ field, after }])),
        });
        return { kind: 'created' as const, id };
      }),
    );
  } catch (error) {
    if (violatedUnique(error) === consumerNameConstraint) return taken;
    throw error;
  }
}

/** Changes what is given; what differs in nothing counts no version up. Errors: BAD_USER_INPUT with every fault. */
export async function updateConsumer(
  database: Database,
  { principal, id, input }: { principal: Principal; id: string; input: ConsumerInput & { readonly expectedVersion?: number | null } },
): Promise<{ readonly kind: 'changed' } | Taken | Stale | Missing> {
  demandEverywhere(principal);
  const { columns, faults } = readConsumer(input);
  if (faults.length > 0) throw badUserInput(faults);
  const { expectedVersion = null } = input;
  if (!isStorable(id)) return { kind: 'missing' };
  try {
    return await database.transaction(async (em) => {
      const before = await lockConsumer(em, id);
      if (!before) return { kind: 'missing' };
      if (expectedVersion !== null && before.version !== expectedVersion) return { kind: 'stale', version: before.version };
      const changes = changesBetween({ ...before }, { ...columns });
      if (changes.length > 0) {
        await write(em, id, columns);
        const summary = `Consumer ${before.name} was changed`;
        await recordAudit(em, {
          actor: principal,
          action: 'consumer.updated',
          entityType: 'consumer',
          entityId: id,
          entityName: before.name,
          summary,
          changes,
        });
      }
      return { kind: 'changed' };
    });
  } catch (error) {
    if (violatedUnique(error) === consumerNameConstraint) return taken;
    throw error;
  }
}
