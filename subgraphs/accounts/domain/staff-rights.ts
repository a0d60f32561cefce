import type { Principal, Role } from '@comptoir/platform/principal.ts';
import { consumerIdOfStaff } from './staff-id.ts';

/** What decides about who may see and manage a person. */
export interface StaffSubject {
  readonly id: number;
  readonly roles: readonly Role[];
  readonly stores: readonly string[];
}

type Asker = Pick<Principal, 'consumerId' | 'roles' | 'stores'>;

/** What a manager lets others do in the own stores: what these roles may do a manager may do as well. */
const managed: readonly Role[] = ['MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST'];

const leads = ({ roles }: Asker) => roles.includes('ADMIN') || roles.includes('MANAGER');

/** Oneself; as a manager those who work in one of the own stores. */
export function maySee(asker: Asker, { id, stores }: Pick<StaffSubject, 'id' | 'stores'>): boolean {
  if (asker.consumerId === consumerIdOfStaff(id)) return true;
  return leads(asker) && (asker.stores === null || stores.some((store) => asker.stores?.includes(store)));
}

/**
 * Why the asker may not let a person have these rights, or change who has them; null where they may. A manager who could change somebody with more rights
 * could sign in as that person after giving them another password.
 */
export function refusalToManage(asker: Asker, { roles, stores }: Pick<StaffSubject, 'roles' | 'stores'>): string | null {
  if (!leads(asker)) return 'This needs one of the roles ADMIN, MANAGER.';
  const grantable = asker.roles.includes('ADMIN') ? null : [...managed, ...asker.roles];
  const beyond = roles.filter((role) => grantable !== null && !grantable.includes(role));
  if (beyond.length > 0) return `You may not give or manage the rights of ${beyond.join(', ')}.`;
  if (asker.stores === null) return null;
  if (roles.includes('ADMIN')) return 'You may not manage an administrator, who may act everywhere.';
  const foreign = stores.filter((store) => !asker.stores?.includes(store));
  if (foreign.length > 0) return `You may not manage staff of the places ${foreign.join(', ')}.`;
  return stores.length === 0 ? 'You may only manage staff of your own places: name at least one.' : null;
}
