import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../context.ts';

/**
 * What the answer of a refused operation looks like: where it is past a limit nothing else is said of it; and who accepts only application/json gets 200
 * with the errors, as GraphQL over HTTP asks for clients that know no other way, once the request itself could be read.
 */
export const shapeAnswer: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, source }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const limits = singleResult.errors?.filter(({ extensions }) => extensions?.code === 'OPERATION_LIMIT') ?? [];
        if (limits.length > 0) singleResult.errors = limits;
        if (response.http.status === 400 && source !== undefined && acceptsOnlyJson(request.http?.headers.get('accept')))
          response.http.status = 200;
      },
    };
  },
};

function acceptsOnlyJson(accept: string | undefined): boolean {
  return accept !== undefined && /application\/json/i.test(accept) && !/application\/graphql-response\+json/i.test(accept);
}
