import type { Fault } from '@comptoir/platform/errors.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import { textFaults, wholeNumberFaults } from '@comptoir/platform/text.ts';
import { sortedRoles } from './read-role.ts';
import { storeFaults } from './read-staff.ts';
import type { Tier } from './tiers.ts';

export interface ConsumerInput {
  readonly name?: string | null;
  readonly roles?: readonly Role[] | null;
  readonly tier?: Tier | null;
  readonly perMinute?: number | null;
  readonly perHour?: number | null;
  readonly stores?: readonly string[] | null;
}

/** By the names of the columns; only what was said. */
export interface ConsumerColumns {
  name?: string;
  roles?: Role[];
  tier?: Tier;
  per_minute?: number | null;
  per_hour?: number | null;
  stores?: string[] | null;
}

/** Reads an input, every fault at once. */
export function readConsumer(input: ConsumerInput): { columns: ConsumerColumns; faults: Fault[] } {
  const columns: ConsumerColumns = {};
  const faults: Fault[] = [];
  const mustNotBeNull = (field: keyof ConsumerInput) => faults.push({ path: ['input', field], message: 'must not be null' });

  if (input.name !== undefined) {
    if (input.name === null) mustNotBeNull('name');
    else faults.push(...textFaults(input.name, ['input', 'name'], { min: 1, max: 100 }));
    columns.name = input.name?.trim() ?? '';
  }
  if (input.roles !== undefined) {
    columns.roles = sortedRoles(input.roles ?? []);
    if (columns.roles.length === 0) faults.push({ path: ['input', 'roles'], message: 'must have at least one role' });
  }
  if (input.tier !== undefined) {
    if (input.tier === null) mustNotBeNull('tier');
    else columns.tier = input.tier;
  }
  for (const [field, column, max] of [
    ['perMinute', 'per_minute', 1_000_000],
    ['perHour', 'per_hour', 60_000_000],
  ] as const) {
    const limit = input[field];
    if (limit === undefined) continue;
    if (limit !== null) faults.push(...wholeNumberFaults(limit, ['input', field], { min: 1, max }));
    columns[column] = limit;
  }
  if (input.stores !== undefined) {
    columns.stores = input.stores === null ? null : [...new Set(input.stores)];
    if (columns.stores) faults.push(...storeFaults(columns.stores, ['input', 'stores']));
  }
  return { columns, faults };
}
