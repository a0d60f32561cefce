import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { createLoaders, type Loaders } from './queries/loaders.ts';

/** What resolvers get, anew for each request and each event. */
export interface ComputeContext {
  readonly principal: Principal;
  readonly em: EntityManager;
  readonly loaders: Loaders;
}

export function createContext(database: Database, { principal }: OperationScope): ComputeContext {
  const em = database.reads;
  return { principal, em, loaders: createLoaders(em) };
}
