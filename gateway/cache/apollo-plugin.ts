import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { GatewayContext } from '../context.ts';
import { versionOf } from '../supergraph/generation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { questionKey, sharedCaller, sharedRightsOf } from './key.ts';
import type { Answered, Question, ResponseCache } from './response-cache.ts';
import { cacheRulesOf } from './rules.ts';
import type { Answer } from './store.ts';

/** The answer has errors, or is not only data: nobody else gets it. */
class NotKept extends Error {}

/**
 * Answers queries over HTTP from the cache where all they ask for may be kept, and removes what a mutation changes before it is answered, whoever asked for it:
 * GraphQL clients over any transport, or the REST facade, which keeps its own answers.
 */
export function cachePlugin(cache: ResponseCache, supergraph: Supergraph): ApolloServerPlugin<GatewayContext> {
  const rules = cacheRulesOf(supergraph);
  const version = versionOf(supergraph.sdl);

  function questionOf(context: GraphQLRequestContext<GatewayContext>): Question | null {
    const { document, operation, request, contextValue } = context;
    if (!document || !operation || !request.http) return null;
    const variables = request.variables ?? {};
    const keeping = rules.keeping(document, operation, variables);
    if (!keeping) return null;
    const { caller } = contextValue;
    const key = questionKey(['graphql', version, context.queryHash, request.operationName, variables, sharedRightsOf(caller).key]);
    const afresh = caller.roles.includes('ADMIN') && /\bno-cache\b/.test(request.http.headers.get('cache-control') ?? '');
    return { type: 'graphql', key, ...keeping, afresh };
  }

  return {
    async requestDidStart() {
      let making: PromiseWithResolvers<Answer> | undefined;
      let answering: Promise<Answered> | undefined;
      return {
        async responseForOperation(context): Promise<GraphQLResponse | null> {
          const question = cache.enabled ? questionOf(context as never) : null;
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
            // Others may wait for it: it is not given up when this asker goes, and is made for nobody in particular.
            const { contextValue } = context;
            Object.assign(contextValue, { caller: sharedCaller(contextValue.caller), signal: undefined, fence: first.fence });
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
          const whole =
            body.kind === 'single' && body.singleResult.data && !errors && !body.singleResult.errors && !body.singleResult.extensions;
          if (whole) making.resolve({ body: JSON.stringify(body.singleResult.data), total: null });
          else making.reject(new NotKept());
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
