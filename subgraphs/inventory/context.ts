import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { boundStores, type Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { createLoaders, type Loaders } from './queries/loaders.ts';

/** What resolvers get, anew for each request and each event. */
export interface InventoryContext {
  readonly principal: Principal;
  em: EntityManager;
  loaders: Loaders;
}

export function createContext(database: Database, { principal }: Pick<OperationScope, 'principal'>): InventoryContext {
  const em = database.fork();
  return { principal, em, loaders: createLoaders(em) };
}

/** Ids of the places whose stock the caller may see; null: of all. */
export async function visiblePlaces({ principal, loaders }: Pick<InventoryContext, 'principal' | 'loaders'>): Promise<number[] | null> {
  const own = boundStores(principal);
  if (!own) return null;
  return [...own, ...(await loaders.openPlaces())].map(parseId).filter((id) => id !== null);
}

/** After a change: forgets what was loaded, so that the next mutation of the same request answers with what is true then. */
export function renew(context: InventoryContext, database: Database): void {
  context.em = database.fork();
  context.loaders = createLoaders(context.em);
}
