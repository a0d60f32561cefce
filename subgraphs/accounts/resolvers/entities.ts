import { parseId } from '@comptoir/platform/text.ts';
import type { AccountsContext } from '../context.ts';
import { staffIdOfConsumer } from '../domain/staff-id.ts';
import { maySee } from '../domain/staff-rights.ts';
import type { ApiKeyRow } from '../store/api-keys.ts';
import type { AuditChangeRow, AuditRow } from '../store/audit.ts';
import type { ConsumerRow } from '../store/consumers.ts';
import type { StaffRow } from '../store/staff.ts';

const placesOf = (ids: readonly string[]) => ids.map((id) => ({ id }));
const present = <T>(value: T | null): value is T => value !== null;

/** A member of staff, for who may see that person; else null, as for one that does not exist. */
export async function visibleStaff(id: number | null, { staff, principal }: AccountsContext): Promise<StaffRow | null> {
  const row = id === null ? null : await staff.load(id);
  return row && maySee(principal, row) ? row : null;
}

export const entities: object = {
  Consumer: {
    __resolveReference: ({ id }: { id: string }, { consumers }: AccountsContext) => consumers.load(String(id)),
    limits: ({ perMinute, perHour }: ConsumerRow) => ({ perMinute, perHour }),
    stores: ({ stores }: ConsumerRow) => stores && placesOf(stores),
    staffMember: ({ id }: ConsumerRow, _: unknown, context: AccountsContext) => visibleStaff(staffIdOfConsumer(id), context),
  },
  StaffMember: {
    __resolveReference: ({ id }: { id: string }, context: AccountsContext) => visibleStaff(parseId(String(id)), context),
    stores: ({ stores }: StaffRow) => placesOf(stores),
    givenRoles: async ({ roleIds }: StaffRow, _: unknown, { roles }: AccountsContext) =>
      (await Promise.all(roleIds.map((id) => roles.load(id)))).filter(present),
  },
  ApiKey: {
    // Its consumer cannot go before it does.
    consumer: ({ consumerId }: ApiKeyRow, _: unknown, { consumers }: AccountsContext) => consumers.load(consumerId),
  },
  AuditEntry: {
    actor: ({ actorId }: AuditRow, _: unknown, { consumers }: AccountsContext) => consumers.load(actorId),
    stores: ({ storeIds }: AuditRow) => placesOf(storeIds),
  },
  AuditChange: {
    before: ({ before }: AuditChangeRow) => (before === undefined ? null : JSON.stringify(before)),
    after: ({ after }: AuditChangeRow) => (after === undefined ? null : JSON.stringify(after)),
  },
};
