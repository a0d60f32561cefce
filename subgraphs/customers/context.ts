import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { type CustomerLoader, createCustomerLoader } from './queries/customers.ts';

/** What resolvers get, anew for each request and each event. */
export interface CustomersContext {
  readonly principal: Principal;
  readonly em: EntityManager;
  customers: CustomerLoader;
}

export function createContext(database: Database, { principal }: Pick<OperationScope, 'principal'>): CustomersContext {
  const em = database.reads;
  return { principal, em, customers: createCustomerLoader(em) };
}
