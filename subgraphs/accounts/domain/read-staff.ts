import type { Fault } from '@comptoir/platform/errors.ts';
import { isEmailAddress, parseId, textFaults } from '@comptoir/platform/text.ts';

/** What can be told of a member of staff, as the graph's inputs have it. Left out: unsaid. */
export interface StaffInput {
  readonly name?: string | null;
  readonly login?: string | null;
  readonly email?: string | null;
  readonly badge?: string | null;
  readonly roles?: readonly string[] | null;
  readonly stores?: readonly string[] | null;
}

/** The same, checked; only what was said. */
export interface StaffValues {
  name?: string;
  login?: string;
  email?: string | null;
  badge?: string | null;
  /** Ids of role definitions; whether there are such only the database knows. */
  roleIds?: string[];
  stores?: string[];
}

/** A letter first: a login is never a badge. */
const login = /^[a-z][a-z0-9._@-]{2,59}$/i;
const badge = /^\d{3,20}$/;
const maxRoles = 20;
const maxStores = 200;

/** Reads an input, every fault at once. Blanks around texts are dropped. */
export function readStaff(input: StaffInput): { values: StaffValues; faults: Fault[] } {
  const values: StaffValues = {};
  const faults: Fault[] = [];
  const refuse = (field: string, message: string) => faults.push({ path: ['input', field], message });
  const said = <T>(field: keyof StaffInput, value: T | null | undefined, read: (value: T) => void) => {
    if (value === undefined) return;
    if (value === null) refuse(field, 'must not be null');
    else read(value);
  };

  said('name', input.name, (name) => {
    faults.push(...textFaults(name, ['input', 'name'], { min: 1, max: 100 }));
    values.name = name.trim();
  });
  said('login', input.login, (text) => {
    values.login = text.trim();
    if (!login.test(values.login)) refuse('login', 'must have 3 to 60 letters, digits and . _ - @, a letter first');
  });
  if (input.email !== undefined) {
    values.email = input.email?.trim() || null;
    if (values.email !== null && !isEmailAddress(values.email)) refuse('email', 'must be an e-mail address, e.g. nom@example.org');
  }
  if (input.badge !== undefined) {
    values.badge = input.badge?.trim() || null;
    if (values.badge !== null && !badge.test(values.badge)) refuse('badge', 'must have 3 to 20 digits');
  }
  said('roles', input.roles, (ids) => {
    values.roleIds = [...new Set(ids)].sort();
    if (values.roleIds.length === 0 || values.roleIds.length > maxRoles) refuse('roles', `must have 1 to ${maxRoles} roles`);
  });
  said('stores', input.stores, (ids) => {
    values.stores = [...new Set(ids)].sort((a, b) => Number(a) - Number(b));
    faults.push(...storeFaults(values.stores, ['input', 'stores']));
  });
  return { values, faults };
}

/** Whether there is such a place only inventory knows. */
export function storeFaults(ids: readonly string[], path: Fault['path']): Fault[] {
  if (ids.length > maxStores) return [{ path, message: `must have at most ${maxStores} places` }];
  return ids.some((id) => parseId(id) === null) ? [{ path, message: 'must be ids of places' }] : [];
}
