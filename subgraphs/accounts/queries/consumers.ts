import type { EntityManager } from '@comptoir/platform/database.ts';
import { consumerIdOfStaff, staffIdOfConsumer } from '../domain/staff-id.ts';
import { staffLimits } from '../domain/tiers.ts';
import { type ConsumerRow, readConsumers } from '../store/consumers.ts';
import type { StaffRow } from '../store/staff.ts';
import { createLoader } from './loader.ts';
import type { StaffLoader } from './staff.ts';

/** A member of staff as a consumer. */
export function consumerOfStaff({ id, name, roles, stores, demo, version, createdAt }: StaffRow): ConsumerRow {
  const everywhere = roles.includes('ADMIN');
  return {
    id: consumerIdOfStaff(id),
    name,
    roles,
    stores: everywhere ? null : stores,
    ...staffLimits,
    tier: null,
    demo,
    version,
    createdAt,
  };
}

/** Programs and staff by their consumer ids: a statement for each kind that is asked for in the same moment. */
export function createConsumerLoader(em: EntityManager, staff: StaffLoader) {
  const programs = createLoader<string, ConsumerRow>(async (ids) => new Map((await readConsumers(em, ids)).map((row) => [row.id, row])));
  return {
    async load(id: string): Promise<ConsumerRow | null> {
      const staffId = staffIdOfConsumer(id);
      if (staffId === null) return programs.load(id);
      const row = await staff.load(staffId);
      return row && consumerOfStaff(row);
    },
    clear: (id: string) => programs.clear(id),
  };
}

export type ConsumerLoader = ReturnType<typeof createConsumerLoader>;
