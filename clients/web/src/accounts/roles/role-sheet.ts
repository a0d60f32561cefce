import type { CreateRoleInput, GivenRoleFragment, Role } from '../../generated/operations.ts';
import { sayFaults } from '../../language/say-faults.ts';

/** A role as it is typed. */
export type RoleFields = {
  readonly name: string;
  readonly description: string;
  readonly grants: readonly Role[];
};

export const blankRole: RoleFields = { name: '', description: '', grants: [] };

export const fieldsOfRole = ({ name, description, grants }: GivenRoleFragment): RoleFields => ({ name, description, grants });

/** What is wrong, by field; `words` say it. */
export function roleFaults({ name, description, grants }: RoleFields, words: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = {
    name: name.trim() === '' || [...name.trim()].length > 60,
    description: [...description.trim()].length > 500,
    grants: grants.length === 0,
  };
  return sayFaults(wrong, words);
}

export const roleInput = ({ name, description, grants }: RoleFields): Required<CreateRoleInput> => ({
  name: name.trim(),
  description: description.trim(),
  grants: [...grants],
});
