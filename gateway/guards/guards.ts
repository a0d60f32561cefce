import type { ApolloServerPlugin } from '@apollo/server';
import { answerStatus } from '@comptoir/platform/answer-status.ts';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { FieldLimiter } from '../limits/field-limiter.ts';
import { checkOperation, type OperationGuardConfig } from './check-operation.ts';
import { limitFields, type RunAgain } from './limit-fields.ts';
import { tellLimitsOnly } from './tell-limits-only.ts';

/** Apollo Server's plugins that stand before the execution of queries and mutations. */
export function operationGuards(
  config: OperationGuardConfig,
  { fields, runAgain }: { fields: FieldLimiter; runAgain: RunAgain },
): ApolloServerPlugin<GatewayContext>[] {
  const limitCost: ApolloServerPlugin<GatewayContext> = {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          // The executor has no answer to it.
          if (!operation) throw noSuchOperation();
          const refusal = checkOperation({ schema, document, operation, variables: request.variables ?? {} }, config);
          if (refusal) throw refusal;
        },
      };
    },
  };
  return [limitCost, limitFields(fields, runAgain), tellLimitsOnly, answerStatus];
}

function noSuchOperation(): GraphQLError {
  return new GraphQLError('The document holds no such operation, or several and no name says which', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}
