import { setImmediate as nextTurn } from 'node:timers/promises';
import { operationFromDocument } from '@apollo/federation-internals';
import type { Log } from '@comptoir/platform/log.ts';
import { GraphQLError, Kind, parse, validate } from 'graphql';
import { planKey } from '../plan-cache.ts';
import type { Generation } from './generation.ts';
import type { KnownOperation } from './recent-operations.ts';

/**
 * Makes the plans of operations before their first request. Others get their turn between two plans. An operation that this supergraph cannot answer any more
 * is passed over, and what is not planned within `atMostMs` is planned when it is asked for. Answers how many have their plan.
 */
export async function warmUp(
  { supergraph, plans }: Pick<Generation, 'supergraph' | 'plans'>,
  operations: Iterable<KnownOperation>,
  { atMostMs, log }: { atMostMs: number; log: Log },
): Promise<number> {
  const until = performance.now() + atMostMs;
  let planned = 0;
  for (const { query, operationName } of operations) {
    if (performance.now() > until) break;
    await nextTurn();
    try {
      const document = parse(query);
      if (validate(supergraph.schema, document).length > 0) continue;
      const operation = operationFromDocument(supergraph.apiSchema, document, { operationName });
      if (operation.rootKind === 'subscription') continue;
      const plan = supergraph.planner.buildQueryPlan(operation);
      // The name is part of the key, and some clients send it where it need not be.
      const only = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
      for (const name of only ? [undefined, operation.name] : [operationName]) await plans.set(planKey(query, name), plan);
      planned++;
    } catch (error) {
      // Its sender will be told; here it only has no plan.
      if (!(error instanceof GraphQLError)) log.debug({ event: 'warm_up_failed', operationName, err: error }, 'an operation has no plan');
    }
  }
  return planned;
}
