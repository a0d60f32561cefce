import { recordAudit } from '@comptoir/platform/audit.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { passwordFaults, pinFaults } from '../domain/secrets.ts';
import { consumerIdOfStaff, staffIdOfConsumer } from '../domain/staff-id.ts';
import { forgetAttempts } from '../store/attempts.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { readStaffMembers, type StaffRow, setSecret } from '../store/staff.ts';
import { attemptsOf, checkSecret } from './check-secret.ts';
import { begin, type SessionGrant, type SignedIn, type SignInDeps, sign } from './sign-in.ts';

export type NotChanged =
  | { readonly kind: 'notStaff' }
  | { readonly kind: 'wrongPassword' }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number };

const audited = (staff: StaffRow, action: string, summary: string) => ({
  actor: { consumerId: consumerIdOfStaff(staff.id), name: staff.name },
  action,
  entityType: 'staff',
  entityId: staff.id,
  entityName: staff.name,
  storeIds: staff.stores,
  summary,
});

async function ownRecord({ database }: SignInDeps, { consumerId }: Principal): Promise<StaffRow | null> {
  const id = staffIdOfConsumer(consumerId);
  const [staff] = id === null ? [] : await readStaffMembers(database.fork(), [id]);
  return staff ?? null;
}

/** Who found an open screen cannot try all passwords. */
const notRight = (staff: StaffRow) => ({
  async wrong(em: Parameters<typeof recordAudit>[0], _: unknown, lockSeconds: number): Promise<NotChanged> {
    const action = lockSeconds > 0 ? 'session.locked' : 'session.refused';
    await recordAudit(em, audited(staff, action, `${staff.login} gave a wrong password to change password or PIN`));
    return lockSeconds > 0 ? { kind: 'locked', retryAfterSeconds: lockSeconds } : { kind: 'wrongPassword' };
  },
  locked: (retryAfterSeconds: number): NotChanged => ({ kind: 'locked', retryAfterSeconds }),
});

/** Changes the own password, ends all sessions and opens a new one: who held an old one has to know the new password. */
export async function changePassword(
  deps: SignInDeps,
  { principal, currentPassword, newPassword }: { principal: Principal; currentPassword: string; newPassword: string },
): Promise<SignedIn | NotChanged> {
  const own = await ownRecord(deps, principal);
  if (!own) return { kind: 'notStaff' };
  const faults = passwordFaults(newPassword, ['newPassword'], own.login);
  if (faults.length > 0) throw badUserInput(faults);
  const hash = await deps.passwords.hash(newPassword);
  const outcome = await checkSecret<SessionGrant | NotChanged>(
    deps,
    { login: own.login, method: 'password', secret: currentPassword, counted: 'own' },
    {
      ...notRight(own),
      async right(em, staff, attempts) {
        await setSecret(em, staff.id, 'password_hash', hash);
        await endSessionsOf(em, staff.id, 'PASSWORD_CHANGED');
        await forgetAttempts(em, [attemptsOf('password', staff.id)]);
        await recordAudit(em, audited(staff, 'staff.password_changed', `${staff.login} changed the own password`));
        return begin(em, deps, staff, { method: 'password', tillStoreId: null, attempts });
      },
    },
  );
  return 'kind' in outcome ? outcome : sign(deps, outcome);
}

/** Sets or removes the own PIN, and ends the sessions that the old one opened. */
export async function setPin(
  deps: SignInDeps,
  { principal, currentPassword, pin }: { principal: Principal; currentPassword: string; pin: string | null },
): Promise<{ readonly kind: 'set'; readonly id: number } | NotChanged> {
  const own = await ownRecord(deps, principal);
  if (!own) return { kind: 'notStaff' };
  const faults = pin === null ? [] : pinFaults(pin, ['pin']);
  if (faults.length > 0) throw badUserInput(faults);
  const hash = pin === null ? null : await deps.passwords.hash(pin);
  return checkSecret<{ readonly kind: 'set'; readonly id: number } | NotChanged>(
    deps,
    { login: own.login, method: 'password', secret: currentPassword, counted: 'own' },
    {
      ...notRight(own),
      async right(em, staff, attempts) {
        await forgetAttempts(em, [attempts]);
        await setSecret(em, staff.id, 'pin_hash', hash);
        await endSessionsOf(em, staff.id, 'PIN_CHANGED', { onlyTills: true });
        await recordAudit(
          em,
          audited(staff, pin === null ? 'staff.pin_removed' : 'staff.pin_changed', `${staff.login} changed the own PIN`),
        );
        return { kind: 'set', id: staff.id };
      },
    },
  );
}
