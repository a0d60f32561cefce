import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../context.ts';

/** Where an operation is past a limit nothing else is said of it: a hundred faults of one request would be an answer worth asking for. */
export const tellLimitsOnly: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind === 'single' && body.singleResult.errors) body.singleResult.errors = limitsOnly(body.singleResult.errors);
      },
    };
  },
};

/** Those that tell of a limit; where none does, all. */
export function limitsOnly(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const limits = errors.filter(({ extensions }) => extensions?.code === 'OPERATION_LIMIT');
  return limits.length > 0 ? limits : errors;
}
