import type { Fault } from '@comptoir/platform/errors.ts';
import { isEmailAddress, textFaults } from '@comptoir/platform/text.ts';

/** What can be told of a customer, as the graph's inputs have it. Left out: unsaid. */
export interface CustomerInput {
  readonly lastName?: string | null;
  readonly firstName?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly active?: boolean | null;
}

/** The same, checked, by the names of the columns; only what was said. */
export interface CustomerColumns {
  last_name?: string;
  first_name?: string;
  email?: string;
  phone?: string | null;
  active?: boolean;
}

const phone = /^\+?[\d\s().\-/]{4,30}$/;

/** Reads an input, every fault at once. Blanks around texts are dropped. */
export function readCustomerInput(input: CustomerInput, path: Fault['path'] = ['input']): { columns: CustomerColumns; faults: Fault[] } {
  const columns: CustomerColumns = {};
  const faults: Fault[] = [];
  const refuse = (field: string, message: string) => faults.push({ path: [...path, field], message });

  for (const [field, column] of [
    ['lastName', 'last_name'],
    ['firstName', 'first_name'],
  ] as const) {
    const value = input[field];
    if (value === undefined) continue;
    if (value === null) refuse(field, 'must not be null');
    else faults.push(...textFaults(value, [...path, field], { min: 1, max: 100 }));
    columns[column] = value?.trim() ?? '';
  }
  if (input.email !== undefined) {
    columns.email = input.email?.trim() ?? '';
    if (input.email === null) refuse('email', 'must not be null');
    else if (!isEmailAddress(columns.email)) refuse('email', 'must be an e-mail address of at most 254 characters, e.g. nom@example.org');
  }
  if (input.phone !== undefined) {
    columns.phone = input.phone?.trim() || null;
    if (columns.phone !== null && !(phone.test(columns.phone) && /\d/.test(columns.phone))) {
      refuse('phone', 'must be a telephone number of 4 to 30 characters: digits, blanks, + ( ) . - /');
    }
  }
  if (input.active !== undefined) {
    if (input.active === null) refuse('active', 'must not be null');
    columns.active = input.active ?? false;
  }
  return { columns, faults };
}
