import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { GatewayContext } from '../context.ts';
import { versionOf } from '../supergraph/generation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { keptOf, makingContext, NotKept, questionOf } from './graphql-answers.ts';
import type { Answered, Question, ResponseCache } from './response-cache.ts';
import { cacheRulesOf } from './rules.ts';
import type { Answer } from './store.ts';

/**
 * Answers queries over HTTP from the cache where all they ask for may be kept, and removes what a mutation changes before it is answered, whoever asked for it:
 * GraphQL clients over any transport, or the REST facade, which keeps its own answers. What is run without Apollo Server does the same by itself (graphql-answers.ts).
 */
export function cachePlugin(cache: ResponseCache, supergraph: Supergraph): ApolloServerPlugin<GatewayContext> {
  const rules = cacheRulesOf(supergraph);
  const version = versionOf(supergraph.sdl);

  function questionIn(context: GraphQLRequestContext<GatewayContext>): Question | null {
    const { document, operation, queryHash, request, contextValue } = context;
    if (!document || !operation || !request.http) return null;
    const cacheControl = request.http.headers.get('cache-control');
    return questionOf({ document, operation, queryHash, request, caller: contextValue.caller, cacheControl }, { rules, version });
  }

  return {
    async requestDidStart() {
      let making: PromiseWithResolvers<Answer> | undefined;
      let answering: Promise<Answered> | undefined;
      return {
        async responseForOperation(context): Promise<GraphQLResponse | null> {
          const question = cache.enabled ? questionIn(context as never) : null;
          if (!question) return null;
          const turn = Promise.withResolvers<{ fence: string | undefined }>();
          const made = Promise.withResolvers<Answer>();
          // Where nobody asked for it in time nobody hears that it failed; who did hears it from the cache.
          made.promise.catch(() => undefined);
          answering = Promise.resolve(
            cache.answer(question, (fence) => {
              making = made;
              turn.resolve({ fence });
              return made.promise;
            }),
          );
          try {
            // Our turn to make it, or another's answer.
            const first = await Promise.race([turn.promise, answering]);
            if ('body' in first) return responseOf(first);
            Object.assign(context.contextValue, makingContext(context.contextValue, first.fence));
            return null;
          } catch (error) {
            if (!(error instanceof NotKept)) throw error;
            // What another asker could not be answered may be his own trouble.
            return null;
          }
        },

        async willSendResponse({ document, operation, request, response, errors }) {
          if (document && operation?.operation === 'mutation')
            await cache.remove(rules.removedBy(document, operation, request.variables ?? {}));
          if (!making) return;
          const { body } = response;
          try {
            if (errors || body.kind !== 'single') throw new NotKept();
            making.resolve(keptOf(body.singleResult));
          } catch (notKept) {
            making.reject(notKept);
          }
          // It rejects with what was just refused to be kept, which the client is answered all the same.
          const answered = await answering?.catch(() => null);
          if (answered) response.http.headers.set('x-cache', answered.state);
        },
      };
    },
  };
}

function responseOf({ body, state, ageSeconds }: Answered): GraphQLResponse {
  const headers = new HeaderMap([
    ['x-cache', state],
    ['age', String(ageSeconds)],
  ]);
  return { http: { status: undefined, headers } as never, body: { kind: 'single', singleResult: { data: JSON.parse(body) } } };
}
