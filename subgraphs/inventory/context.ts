import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { createLoaders, type Loaders } from './queries/loaders.ts';

/** What resolvers get, anew for each request and each event. */
export interface InventoryContext {
  readonly principal: Principal;
  readonly em: EntityManager;
  loaders: Loaders;
}

export function createContext(database: Database, { principal }: Pick<OperationScope, 'principal'>): InventoryContext {
  const em = database.reads;
  return { principal, em, loaders: createLoaders(em, principal) };
}

/** After a change: forgets what was loaded, so that the next mutation of the same request answers with what is true then. */
export function renew(context: InventoryContext): void {
  context.loaders = createLoaders(context.em, context.principal);
}
