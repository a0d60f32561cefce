import type { CreateStaffInput, StaffDetailFragment } from '../../generated/operations.ts';
import { sayFaults } from '../../language/say-faults.ts';
import { isPassword, isPin } from '../form/secret-faults.ts';

/** A person's sheet as it is typed. */
export type PersonFields = {
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly badge: string;
  /** Ids of role definitions. */
  readonly roles: readonly string[];
  /** Ids of places. */
  readonly stores: readonly string[];
};

export interface Secrets {
  readonly password: string;
  readonly pin: string;
}

export const blankPerson: PersonFields = { name: '', login: '', email: '', badge: '', roles: [], stores: [] };

export function fieldsOfPerson(person: StaffDetailFragment): PersonFields {
  return {
    name: person.name,
    login: person.login,
    email: person.email ?? '',
    badge: person.badge ?? '',
    roles: person.givenRoles.map(({ id }) => id),
    stores: person.stores.map(({ id }) => id),
  };
}

/** What is wrong, by field; `words` say it. `needsStore`: who creates may only do so in stores of their own. */
export function personFaults(
  { name, login, email, badge, roles, stores }: PersonFields,
  needsStore: boolean,
  words: Readonly<Record<string, string>>,
): Record<string, string> {
  const wrong = {
    name: name.trim() === '' || [...name.trim()].length > 100,
    login: !/^[a-z][a-z0-9._@-]{2,59}$/i.test(login.trim()),
    email: email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()),
    badge: badge.trim() !== '' && !/^\d{3,20}$/.test(badge.trim()),
    roles: roles.length === 0,
    stores: needsStore && stores.length === 0,
  };
  return sayFaults(wrong, words);
}

export function secretFaults({ password, pin }: Secrets, login: string, words: Readonly<Record<string, string>>): Record<string, string> {
  return sayFaults({ password: !isPassword(password, login.trim()), pin: pin !== '' && !isPin(pin) }, words);
}

/** Fields that are right, as the graph takes them. */
export function personInput({ name, login, email, badge, roles, stores }: PersonFields): Omit<CreateStaffInput, 'password' | 'pin'> & {
  stores: string[];
} {
  return {
    name: name.trim(),
    login: login.trim(),
    email: email.trim() || null,
    badge: badge.trim() || null,
    roles: [...roles],
    stores: [...stores],
  };
}
