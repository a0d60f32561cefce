import { type GivenRoleFragment, RolesDocument } from '../generated/operations.ts';
import { type Asked, useAsked } from '../graph/use-asked.ts';
import { useAccountsSignal } from './use-accounts-signal.ts';

const nothing = {};
const kinds = ['role'] as const;

/** The roles that can be given, as they are now. */
export function useRoles(): Omit<Asked<unknown>, 'data'> & { readonly roles: readonly GivenRoleFragment[] | null } {
  const { data, failed, reload } = useAsked(RolesDocument, nothing);
  useAccountsSignal(kinds, reload);
  return { roles: data?.roles ?? null, failed, reload };
}
