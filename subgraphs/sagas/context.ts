import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { OperationScope } from '@comptoir/platform/subgraph.ts';
import { createLoaders, type Loaders } from './queries/loaders.ts';

/** What resolvers get, anew for each request and each event. */
export interface SagasContext {
  readonly principal: Principal;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly em: EntityManager;
  readonly loaders: Loaders;
}

export function createContext(database: Database, { principal, signal }: OperationScope): SagasContext {
  const em = database.reads;
  return { principal, signal, em, loaders: createLoaders(em) };
}
