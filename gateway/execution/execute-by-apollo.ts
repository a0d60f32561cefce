import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { Log } from '@comptoir/platform/log.ts';
import { type DocumentNode, GraphQLError } from 'graphql';
import { prepareFetch } from '../fetch/subgraph-source.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Execution, ExecutionAnswer } from './compile-operation.ts';
import type { Sources } from './run.ts';

/** Runs a plan by the executor of Apollo's gateway, which reads all of it anew each time: for what is not compiled. */
export async function executeByApollo(
  { document, plan, supergraph }: { document: DocumentNode; plan: QueryPlan; supergraph: Supergraph },
  { context, variables, sources }: Execution,
  { services, log }: { services: Iterable<string>; log: Pick<Log, 'error'> },
): Promise<ExecutionAnswer> {
  const { schema, supergraphSchema, apiSchema } = supergraph;
  let dangles = false;

  const processOf = (source: ReturnType<Sources['get']>) => ({
    async process({ request: { query, operationName, variables } }: { request: Parameters<typeof prepareFetch>[0] }) {
      const answer = await source!.fetch(prepareFetch({ query, operationName, variables }), context);
      const { _entities: entities } = answer.data ?? {};
      dangles ||= Array.isArray(entities) && entities.includes(null);
      return answer;
    },
  });
  const serviceMap = Object.fromEntries(Array.from(services, (name) => [name, processOf(sources.get(name))]));
  const { data, errors, extensions } = await executeQueryPlan(
    plan,
    serviceMap as never,
    { logger: log, schema, context, metrics: {}, request: { variables }, response: {} } as never,
    buildOperationContext({ schema, operationDocument: document }),
    supergraphSchema,
    apiSchema,
  );
  return {
    data: data ?? null,
    ...(errors && { errors: errors.map(asGraphQLError) }),
    ...(extensions && { extensions: extensions as unknown as NonNullable<ExecutionAnswer['extensions']> }),
    dangles,
  };
}

function asGraphQLError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}
