import { changesBetween, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { idempotencyKeyFaults, isStorable } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { type RoleInput, readRole } from '../domain/read-role.ts';
import {
  deleteRole as erase,
  insertRole,
  isGiven,
  lockRole,
  type RoleRow,
  roleNameConstraint,
  updateRole as write,
} from '../store/roles.ts';
import { keepAdministrator, LastAdministrator } from './last-administrator.ts';
import { demandEverywhere, lastAdministrator, type Missing, type Refused, type Stale, type Taken } from './outcomes.ts';

const taken: Taken = { kind: 'taken', field: 'name' };
const fixedRole: Refused = { kind: 'refused', reason: 'FIXED_ROLE', message: 'This is one of the seven roles, which are as they are.' };
const inUse: Refused = { kind: 'refused', reason: 'ROLE_IN_USE', message: 'Staff still have this role: give them another one first.' };

interface Target {
  readonly principal: Principal;
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/** Creates a role out of the seven. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createRole(
  database: Database,
  { principal, input, idempotencyKey }: { principal: Principal; input: RoleInput; idempotencyKey?: string | null },
): Promise<{ readonly kind: 'created'; readonly id: string } | Taken> {
  demandEverywhere(principal);
  const { values, faults } = readRole(input);
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const request = { principal: principal.consumerId, operation: 'createRole', key: idempotencyKey, input: values };
  try {
    return await database.transaction((em) =>
      once(em, request, async () => {
        const id = await insertRole(em, values);
        const changes = Object.entries(values).map(([field, after]) => ({ field, after }));
        await recordAudit(em, {
          actor: principal,
          action: 'role.created',
          entityType: 'role',
          entityId: id,
          entityName: values.name,
          summary: `Role ${values.name} was created`,
          changes,
        });
        return { kind: 'created' as const, id };
      }),
    );
  } catch (error) {
    if (violatedUnique(error) === roleNameConstraint) return taken;
    throw error;
  }
}

/** Changes a role, and the rights of all who have it. Errors: BAD_USER_INPUT with every fault. */
export async function updateRole(
  database: Database,
  { principal, id, input }: { principal: Principal; id: string; input: RoleInput & { readonly expectedVersion?: number | null } },
): Promise<{ readonly kind: 'changed' } | Taken | Stale | Missing | Refused> {
  demandEverywhere(principal);
  const { values, faults } = readRole(input);
  if (faults.length > 0) throw badUserInput(faults);
  try {
    return await database.transaction((em) =>
      keepAdministrator(em, async () => {
        const before = await lockOwn(em, { principal, id, expectedVersion: input.expectedVersion });
        if ('kind' in before) return before;
        const changes = changesBetween({ ...before }, { ...values });
        if (changes.length > 0) {
          await write(em, id, values);
          await recordAudit(em, {
            actor: principal,
            action: 'role.updated',
            entityType: 'role',
            entityId: id,
            entityName: before.name,
            summary: `Role ${before.name} was changed`,
            changes,
          });
        }
        return { kind: 'changed' as const };
      }),
    );
  } catch (error) {
    if (violatedUnique(error) === roleNameConstraint) return taken;
    if (error instanceof LastAdministrator) return lastAdministrator;
    throw error;
  }
}

/** Deletes a role that nobody has. */
export async function deleteRole(database: Database, target: Target): Promise<{ readonly kind: 'deleted' } | Stale | Missing | Refused> {
  const { principal, id } = target;
  demandEverywhere(principal);
  return database.transaction(async (em) => {
    const before = await lockOwn(em, target);
    if ('kind' in before) return before;
    if (await isGiven(em, id)) return inUse;
    await erase(em, id);
    await recordAudit(em, {
      actor: principal,
      action: 'role.deleted',
      entityType: 'role',
      entityId: id,
      entityName: before.name,
      summary: `Role ${before.name} was deleted`,
    });
    return { kind: 'deleted' as const };
  });
}

/** A role that may be changed, locked; else why not. */
async function lockOwn(
  em: Parameters<typeof lockRole>[0],
  { id, expectedVersion = null }: Target,
): Promise<RoleRow | Missing | Stale | Refused> {
  const role = isStorable(id) ? await lockRole(em, id) : null;
  if (!role) return { kind: 'missing' };
  if (role.fixed) return fixedRole;
  return expectedVersion !== null && role.version !== expectedVersion ? { kind: 'stale', version: role.version } : role;
}
