import { useMemo } from 'react';
import { type GivenRoleFragment, type Role, RolesDocument } from '../generated/operations.ts';
import { type Asked, useAsked } from '../graph/use-asked.ts';
import { allRights } from './say-role.ts';
import { useAccountsSignal } from './use-accounts-signal.ts';

const nothing = {};
const kinds = ['role'] as const;

/** The seven in the order of what they let do, then the others as they came. */
const rank = ({ id, fixed }: GivenRoleFragment) => (fixed ? allRights.indexOf(id as Role) : allRights.length);

/** The roles that can be given, as they are now. */
export function useRoles(): Omit<Asked<unknown>, 'data'> & { readonly roles: readonly GivenRoleFragment[] | null } {
  const { data, failed, reload } = useAsked(RolesDocument, nothing);
  useAccountsSignal(kinds, reload);
  const roles = useMemo(() => data?.roles.toSorted((a, b) => rank(a) - rank(b)) ?? null, [data]);
  return { roles, failed, reload };
}
