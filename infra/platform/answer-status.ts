import type { ApolloServerPlugin, BaseContext } from '@apollo/server';

/**
 * Who accepts application/json and not application/graphql-response+json gets 200 with the errors of an operation that is not run, as GraphQL over HTTP asks for
 * clients that know no other way; a request that could not be read at all is 400 to everybody.
 */
export const answerStatus: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, source }) {
        if (response.http.status === 400 && source !== undefined && acceptsOnlyJson(request.http?.headers.get('accept')))
          response.http.status = 200;
      },
    };
  },
};

export function acceptsOnlyJson(accept: string | undefined): boolean {
  return accept !== undefined && /application\/json/i.test(accept) && !/application\/graphql-response\+json/i.test(accept);
}
