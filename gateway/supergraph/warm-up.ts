import { setImmediate as nextTurn } from 'node:timers/promises';
import { operationFromDocument } from '@apollo/federation-internals';
import type { Log } from '@comptoir/platform/log.ts';
import { GraphQLError, parse, validate } from 'graphql';
import { planKey } from '../plan-cache.ts';
import type { Generation } from './generation.ts';
import type { KnownOperation } from './recent-operations.ts';

/** What is not planned by then is planned when it is asked for. */
const warmUpAtMostMs = 10_000;

/**
 * Makes the plans of operations before their first request. Others get their turn between two plans. An operation that this supergraph cannot answer any more
 * is passed over. Answers how many plans there are now.
 */
export async function warmUp(
  { supergraph, plans }: Pick<Generation, 'supergraph' | 'plans'>,
  operations: Iterable<KnownOperation>,
  { log }: { log: Log },
): Promise<number> {
  const until = performance.now() + warmUpAtMostMs;
  let planned = 0;
  for (const { query, operationName } of operations) {
    if (performance.now() > until) break;
    await nextTurn();
    try {
      const document = parse(query);
      if (validate(supergraph.schema, document).length > 0) continue;
      const operation = operationFromDocument(supergraph.apiSchema, document, { operationName });
      if (operation.rootKind === 'subscription') continue;
      await plans.set(planKey(query, operationName), supergraph.planner.buildQueryPlan(operation));
      planned++;
    } catch (error) {
      // Its sender will be told; here it only has no plan.
      if (!(error instanceof GraphQLError)) log.debug({ event: 'warm_up_failed', operationName, err: error }, 'an operation has no plan');
    }
  }
  return planned;
}
