import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { type ConsumerLoader, createConsumerLoader } from './queries/consumers.ts';
import { createRoleLoader, createStaffLoader, type StaffLoader } from './queries/staff.ts';

/** What resolvers get, anew for each request and each event. */
export interface AccountsContext {
  readonly principal: Principal;
  readonly em: EntityManager;
  readonly staff: StaffLoader;
  readonly consumers: ConsumerLoader;
  readonly roles: ReturnType<typeof createRoleLoader>;
}

export function createContext(database: Database, { principal }: Pick<OperationScope, 'principal'>): AccountsContext {
  const em = database.reads;
  const staff = createStaffLoader(em);
  return { principal, em, staff, consumers: createConsumerLoader(em, staff), roles: createRoleLoader(em) };
}
