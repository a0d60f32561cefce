import type { Fault } from '@comptoir/platform/errors.ts';
import { type Role, roles } from '@comptoir/platform/principal.ts';
import { textFaults } from '@comptoir/platform/text.ts';

export interface RoleInput {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly grants?: readonly Role[] | null;
}

export interface RoleValues {
  name?: string;
  description?: string;
  /** In the order of the seven. */
  grants?: Role[];
}

/** Reads an input, every fault at once. */
export function readRole(input: RoleInput): { values: RoleValues; faults: Fault[] } {
  const values: RoleValues = {};
  const faults: Fault[] = [];
  for (const [field, min, max] of [
    ['name', 1, 60],
    ['description', 0, 500],
  ] as const) {
    const text = input[field];
    if (text === undefined) continue;
    if (text === null) faults.push({ path: ['input', field], message: 'must not be null' });
    else faults.push(...textFaults(text, ['input', field], { min, max }));
    values[field] = text?.trim() ?? '';
  }
  if (input.grants !== undefined) {
    values.grants = sortedRoles(input.grants ?? []);
    if (values.grants.length === 0) faults.push({ path: ['input', 'grants'], message: 'must have at least one role' });
  }
  return { values, faults };
}

/** Each once, in the order of the SDL. */
export const sortedRoles = (given: readonly Role[]): Role[] => roles.filter((role) => given.includes(role));
