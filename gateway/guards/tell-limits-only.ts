import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../context.ts';

/** Where an operation is past a limit nothing else is said of it: a hundred faults of one request would be an answer worth asking for. */
export const tellLimitsOnly: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== 'single') return;
        const limits = body.singleResult.errors?.filter(({ extensions }) => extensions?.code === 'OPERATION_LIMIT') ?? [];
        if (limits.length > 0) body.singleResult.errors = limits;
      },
    };
  },
};
