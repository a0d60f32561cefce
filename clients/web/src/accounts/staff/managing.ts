import type { Role } from '../../generated/operations.ts';

/** Who is signed in, as far as it decides what may be done; null where there is no authentication. */
export type Asker = {
  readonly roles: readonly Role[];
  /** Null: everywhere. */
  readonly stores: readonly { readonly id: string }[] | null;
} | null;

/** What a manager may give and manage, besides the own rights. */
const managed: readonly Role[] = ['MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST'];

/** Whether the asker may let somebody have these rights. The subgraph checks it; this is only for what is worth offering. */
export function mayGrant(asker: Asker, rights: readonly Role[]): boolean {
  if (asker === null || asker.roles.includes('ADMIN')) return true;
  return asker.roles.includes('MANAGER') && rights.every((right) => managed.includes(right) || asker.roles.includes(right));
}

export function mayActIn(asker: Asker, storeId: string): boolean {
  return asker === null || asker.stores === null || asker.stores.some(({ id }) => id === storeId);
}

/** Whether the asker may change a person of these rights and stores. */
export function mayManage(
  asker: Asker,
  person: { readonly roles: readonly Role[]; readonly stores: readonly { readonly id: string }[] },
): boolean {
  if (!mayGrant(asker, person.roles)) return false;
  if (asker === null || asker.stores === null) return true;
  return !person.roles.includes('ADMIN') && person.stores.length > 0 && person.stores.every(({ id }) => mayActIn(asker, id));
}
