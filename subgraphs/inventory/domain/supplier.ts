import type { Fault } from '@comptoir/platform/errors.ts';
import { isEmailAddress, textFaults, wholeNumberFaults } from '@comptoir/platform/text.ts';

/** What can be told of a supplier, as the graph's inputs have it. Left out: unsaid; null: none. */
export interface SupplierInput {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly leadTimeDays?: number | null;
}

/** The same, checked, by the names of the columns; only what was said. */
export interface SupplierColumns {
  name?: string;
  email?: string | null;
  lead_time_days?: number;
}

const maxLeadTimeDays = 365;

/** Reads an input, every fault at once. Blanks around texts are dropped. */
export function readSupplierInput({ name, email, leadTimeDays }: SupplierInput): { columns: SupplierColumns; faults: Fault[] } {
  const columns: SupplierColumns = {};
  const faults: Fault[] = [];
  if (name !== undefined) {
    faults.push(...textFaults(name ?? '', ['input', 'name'], { min: 1, max: 100 }));
    columns.name = name?.trim() ?? '';
  }
  if (email !== undefined) {
    columns.email = email?.trim() || null;
    if (columns.email !== null && !isEmailAddress(columns.email)) {
      faults.push({ path: ['input', 'email'], message: 'must be an e-mail address, e.g. nom@example.org' });
    }
  }
  if (leadTimeDays !== undefined) {
    faults.push(...wholeNumberFaults(leadTimeDays ?? Number.NaN, ['input', 'leadTimeDays'], { min: 0, max: maxLeadTimeDays }));
    columns.lead_time_days = leadTimeDays ?? 0;
  }
  return { columns, faults };
}
