import type { ApolloGateway } from '@apollo/gateway';
import { getVariableValues } from 'graphql/execution/values.js';
import type { GatewayContext } from '../context.ts';
import { planKeyOf } from '../plan-cache.ts';
import type { CompiledOperations } from './compiled-operations.ts';
import type { Sources } from './run.ts';

/** Apollo's gateway as Apollo Server uses it. */
type GatewayInterface = Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'>;

/** A client that wants to see the plan is answered by Apollo's executor, which shows it. */
export const planHeader = 'apollo-query-plan-experimental';

/** Apollo's gateway, except that operations which can be compiled are run by us. It loads the supergraph and runs the others. */
export function compilingGateway(
  gateway: ApolloGateway,
  { operations, sources }: { operations: CompiledOperations; sources: Sources },
): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (listener) => gateway.onSchemaLoadOrUpdate(listener),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor: apollo, schema } = await gateway.load(options);
      return {
        schema,
        async executor(request) {
          const { document, operation, queryHash, context } = request;
          const { operationName, variables = {}, http } = request.request;
          const key = planKeyOf(queryHash, operationName);
          const compiled = http?.headers.has(planHeader)
            ? null
            : await operations.of({ key, document, operation, operationName: operationName ?? undefined });
          if (!compiled) return apollo(request);
          const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
          if (errors) return { errors };
          const { dangles: _, ...answer } = await compiled({ sources, context: context as GatewayContext, variables });
          return answer;
        },
      };
    },
  };
}
