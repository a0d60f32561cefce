import type { Role } from '@comptoir/platform/principal.ts';

export interface Rights {
  readonly roles: readonly Role[];
  /** Ids of the places to act in; null: everywhere. */
  readonly stores: readonly string[] | null;
}

/**
 * What a session lets do, by what its person may do now. One that a PIN opened at a till (`tillStoreId`) is for that place and never an administrator's:
 * four digits that colleagues may have seen are no reason to let somebody manage accounts. Null: it gives no right at all.
 */
export function sessionRights(
  { roles, stores }: { roles: readonly Role[]; stores: readonly string[] },
  tillStoreId: string | null,
): Rights | null {
  const everywhere = roles.includes('ADMIN');
  if (tillStoreId === null) return { roles, stores: everywhere ? null : stores };
  if (!everywhere && !stores.includes(tillStoreId)) return null;
  const atTill = roles.filter((role) => role !== 'ADMIN');
  return atTill.length === 0 ? null : { roles: atTill, stores: [tillStoreId] };
}
