import { type AuditRecord, changesBetween, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, ComptoirError } from '@comptoir/platform/errors.ts';
import type { Principal, Role } from '@comptoir/platform/principal.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { readStaff, type StaffInput, type StaffValues } from '../domain/read-staff.ts';
import { passwordFaults, pinFaults } from '../domain/secrets.ts';
import { consumerIdOfStaff } from '../domain/staff-id.ts';
import { maySee, refusalToManage } from '../domain/staff-rights.ts';
import type { Passwords } from '../security/passwords.ts';
import { forgetAttempts } from '../store/attempts.ts';
import { holdRoles } from '../store/roles.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { lockStaff, type StaffRow, setActive, setSecret, staffConstraints, updateStaff as write } from '../store/staff.ts';
import { attemptsOf } from './check-secret.ts';
import { keepAdministrator, LastAdministrator } from './last-administrator.ts';
import { lastAdministrator, type Missing, type Refused, type Stale, type Taken } from './outcomes.ts';

export interface Changed {
  readonly kind: 'changed';
  readonly id: number;
}
export type StaffOutcome = Changed | Stale | Missing | Refused;

interface Target {
  readonly principal: Principal;
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/** What is told of a change; null: nothing was to be changed. */
type Told = Pick<AuditRecord, 'action' | 'summary'> & Partial<Pick<AuditRecord, 'changes' | 'storeIds'>>;

/** The way that all changes of a member of staff take: who may see the person, who may manage, which version it was, whether an administrator is left, and the audit. */
async function change(
  database: Database,
  { principal, id, expectedVersion = null }: Target,
  work: (em: EntityManager, before: StaffRow) => Promise<Told | null>,
): Promise<StaffOutcome> {
  const staffId = parseId(id);
  if (staffId === null) return { kind: 'missing' };
  try {
    return await database.transaction((em) =>
      keepAdministrator(em, async (): Promise<StaffOutcome> => {
        const before = await lockStaff(em, staffId);
        if (!before || !maySee(principal, before)) return { kind: 'missing' };
        demandManagement(principal, before);
        if (expectedVersion !== null && before.version !== expectedVersion) return { kind: 'stale', version: before.version };
        const told = await work(em, before);
        if (told)
          await recordAudit(em, {
            actor: principal,
            entityType: 'staff',
            entityId: staffId,
            entityName: before.name,
            storeIds: before.stores,
            ...told,
          });
        return { kind: 'changed', id: staffId };
      }),
    );
  } catch (error) {
    if (error instanceof LastAdministrator) return lastAdministrator;
    throw error;
  }
}

/** Errors: FORBIDDEN. */
export function demandManagement(principal: Principal, subject: { roles: readonly Role[]; stores: readonly string[] }): void {
  const refusal = refusalToManage(principal, subject);
  if (refusal !== null) throw new ComptoirError('FORBIDDEN', refusal);
}

/** Who found an open screen does not know the password. Errors: FORBIDDEN. */
function demandOther({ consumerId }: Principal, { id }: StaffRow): void {
  if (consumerId === consumerIdOfStaff(id)) {
    throw new ComptoirError('FORBIDDEN', 'Your own password and PIN are changed by changePassword and setPin, which ask for the password.');
  }
}

/** What these roles let do, held until the transaction ends. Errors: BAD_USER_INPUT where there is no such role. */
export async function grantedBy(em: EntityManager, roleIds: readonly string[]): Promise<Role[]> {
  const found = await holdRoles(em, roleIds);
  const unknown = roleIds.filter((id) => !found.some((role) => role.id === id));
  if (unknown.length > 0) throw badUserInput([{ path: ['input', 'roles'], message: `there is no role ${unknown.join(', ')}` }]);
  return [...new Set(found.flatMap(({ grants }) => grants))];
}

/** Changes what is given; what differs in nothing counts no version up. Errors: BAD_USER_INPUT with every fault; FORBIDDEN. */
export async function updateStaff(
  database: Database,
  { principal, id, input }: { principal: Principal; id: string; input: StaffInput & { readonly expectedVersion?: number | null } },
): Promise<StaffOutcome | Taken> {
  const { values, faults } = readStaff(input);
  if (faults.length > 0) throw badUserInput(faults);
  try {
    return await change(database, { principal, id, expectedVersion: input.expectedVersion }, async (em, before) => {
      const changes = changesBetween({ ...before }, { ...values });
      if (changes.length === 0) return null;
      const roles = values.roleIds ? await grantedBy(em, values.roleIds) : before.roles;
      const stores = values.stores ?? before.stores;
      demandManagement(principal, { roles, stores });
      await write(
        em,
        before.id,
        pick(
          values,
          changes.map(({ field }) => field),
        ),
      );
      const storeIds = [...new Set([...before.stores, ...stores])];
      return { action: 'staff.updated', summary: `${before.login} was changed`, changes, storeIds };
    });
  } catch (error) {
    const field = staffConstraints[violatedUnique(error) ?? ''];
    if (field) return { kind: 'taken', field };
    throw error;
  }
}

const pick = (values: StaffValues, fields: readonly string[]): StaffValues =>
  Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));

/** Lets somebody sign in no more, at once on every screen, or again. */
export function setStaffActive(database: Database, target: Target & { readonly active: boolean }): Promise<StaffOutcome> {
  const { active } = target;
  return change(database, target, async (em, before) => {
    if (before.active === active) return null;
    await setActive(em, before.id, active);
    if (!active) await endSessionsOf(em, before.id, 'DISABLED');
    return active
      ? { action: 'staff.enabled', summary: `${before.login} may sign in again` }
      : { action: 'staff.disabled', summary: `${before.login} may sign in no more` };
  });
}

/** Gives somebody else another password, ends all sessions and forgets failed attempts. Errors: BAD_USER_INPUT. */
export async function resetPassword(
  database: Database,
  passwords: Passwords,
  { password, ...target }: Omit<Target, 'expectedVersion'> & { readonly password: string },
): Promise<StaffOutcome> {
  const faults = passwordFaults(password, ['password']);
  if (faults.length > 0) throw badUserInput(faults);
  const hash = await passwords.hash(password);
  return change(database, target, async (em, before) => {
    demandOther(target.principal, before);
    const containing = passwordFaults(password, ['password'], before.login);
    if (containing.length > 0) throw badUserInput(containing);
    await setSecret(em, before.id, 'password_hash', hash);
    await endSessionsOf(em, before.id, 'PASSWORD_CHANGED');
    await forgetAttempts(
      em,
      (['password', 'pin', 'own'] as const).map((counted) => attemptsOf(counted, before.id)),
    );
    return { action: 'staff.password_reset', summary: `${before.login} was given another password` };
  });
}

/** Gives somebody else another PIN, or none, and ends the sessions that the old one opened. Errors: BAD_USER_INPUT. */
export async function resetPin(
  database: Database,
  passwords: Passwords,
  { pin, ...target }: Omit<Target, 'expectedVersion'> & { readonly pin: string | null },
): Promise<StaffOutcome> {
  const faults = pin === null ? [] : pinFaults(pin, ['pin']);
  if (faults.length > 0) throw badUserInput(faults);
  const hash = pin === null ? null : await passwords.hash(pin);
  return change(database, target, async (em, before) => {
    demandOther(target.principal, before);
    if (pin === null && !before.hasPin) return null;
    await setSecret(em, before.id, 'pin_hash', hash);
    await endSessionsOf(em, before.id, 'PIN_CHANGED', { onlyTills: true });
    await forgetAttempts(em, [attemptsOf('pin', before.id)]);
    return pin === null
      ? { action: 'staff.pin_removed', summary: `${before.login} has no PIN any more` }
      : { action: 'staff.pin_reset', summary: `${before.login} was given another PIN` };
  });
}
