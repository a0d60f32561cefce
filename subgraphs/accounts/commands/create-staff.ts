import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { idempotencyKeyFaults } from '@comptoir/platform/text.ts';
import { violatedUnique } from '@comptoir/platform/violated-constraint.ts';
import { readStaff, type StaffInput, type StaffValues } from '../domain/read-staff.ts';
import { passwordFaults, pinFaults } from '../domain/secrets.ts';
import type { Passwords } from '../security/passwords.ts';
import { insertStaff, staffConstraints } from '../store/staff.ts';
import { demandManagement, grantedBy } from './change-staff.ts';
import type { Taken } from './outcomes.ts';

export interface CreateStaff extends StaffInput {
  readonly password: string;
  readonly pin?: string | null;
}

/** Creates a member of staff. Errors: BAD_USER_INPUT with every fault; FORBIDDEN for rights that who asks has not; IDEMPOTENCY_CONFLICT. */
export async function createStaff(
  database: Database,
  passwords: Passwords,
  { principal, input, idempotencyKey }: { principal: Principal; input: CreateStaff; idempotencyKey?: string | null },
): Promise<{ readonly kind: 'created'; readonly id: number } | Taken> {
  const { password, pin = null, ...told } = input;
  const { values, faults } = readStaff(told);
  faults.push(...passwordFaults(password, ['input', 'password'], values.login), ...idempotencyKeyFaults(idempotencyKey));
  if (pin !== null) faults.push(...pinFaults(pin, ['input', 'pin']));
  if (faults.length > 0) throw badUserInput(faults);
  const staff = { email: null, badge: null, stores: [], ...values } as Required<StaffValues>;
  const [passwordHash, pinHash] = await Promise.all([passwords.hash(password), pin === null ? null : passwords.hash(pin)]);
  // Without the secrets: the key's hash is a fast one, by which they could be guessed.
  const request = {
    principal: principal.consumerId,
    operation: 'createStaff',
    key: idempotencyKey,
    input: { ...staff, withPin: pin !== null },
  };
  try {
    return await database.transaction((em) =>
      once(em, request, async () => {
        demandManagement(principal, { roles: await grantedBy(em, staff.roleIds), stores: staff.stores });
        const id = await insertStaff(em, { ...staff, passwordHash, pinHash });
        await recordAudit(em, {
          actor: principal,
          action: 'staff.created',
          entityType: 'staff',
          entityId: id,
          entityName: staff.name,
          storeIds: staff.stores,
          summary: `${staff.login} was created`,
          changes: Object.entries(staff).flatMap(([field, after]) => (after === null ? [] : [{ field, after }])),
        });
        return { kind: 'created' as const, id };
      }),
    );
  } catch (error) {
    const field = staffConstraints[violatedUnique(error) ?? ''];
    if (field) return { kind: 'taken', field };
    throw error;
  }
}
