import type { Role } from '../generated/operations.ts';
import type { Words } from '../language/words.fr.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly fixed: boolean;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A right in the reader's language. */
export const rightName = (role: Role, words: Words): string => capital(words.roles[role]);

/** A role's name: of the seven in the reader's language, else as it was given. */
export function roleName({ id, name, fixed }: Named, words: Words): string {
  return fixed && id in words.roles ? rightName(id as Role, words) : name;
}

export const allRights = ['ADMIN', 'MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'] as const satisfies readonly Role[];
