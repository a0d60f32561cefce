import { type ApolloServerPlugin, type GraphQLRequest, type GraphQLResponse, HeaderMap } from '@apollo/server';
import { type DocumentNode, type GraphQLFormattedError, type GraphQLSchema, print, visit } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { FieldLimiter } from '../limits/field-limiter.ts';
import { graphqlRefusal, retryAfterSeconds } from '../limits/refusal.ts';
import { type RootField, rootFieldsOf, withRootFields } from './split-operation.ts';

/** Runs an operation on the same Apollo Server. */
export type RunAgain = (request: GraphQLRequest<Record<string, unknown>>, context: GatewayContext) => Promise<GraphQLResponse>;

/**
 * Counts each time a limited field of the root would be resolved, every alias for itself, over whatever transport, and answers those past their limit
 * with RATE_LIMITED; the others are resolved. As everywhere in GraphQL, a field that is never null takes the whole answer with it.
 */
export function limitFields(limiter: FieldLimiter, runAgain: RunAgain): ApolloServerPlugin<GatewayContext> {
  const limitedIn = new WeakMap<DocumentNode, boolean>();
  return {
    async requestDidStart({ contextValue }) {
      if (contextValue.fieldsCounted) return;
      return {
        async responseForOperation({ document, operation, request, schema, contextValue: context }) {
          const isLimited = limitedIn.get(document) ?? namesLimitedField(document, schema, limiter);
          limitedIn.set(document, isLimited);
          if (!isLimited) return null;
          const typeName = schema.getRootType(operation.operation)?.name ?? '';
          const fields = rootFieldsOf({ document, operation, schema, variables: request.variables ?? {} });
          const limited = fields?.filter(({ name }) => limiter.isLimited(`${typeName}.${name}`)) ?? [];
          if (!fields || limited.length === 0) return null;

          const refused = new Map<RootField, number>();
          for (const field of limited) {
            const verdict = await limiter.charge({ field: `${typeName}.${field.name}`, args: field.args, address: context.address });
            if (!verdict.allowed) refused.set(field, verdict.retryMs);
          }
          if (refused.size === 0) return null;

          const allowed = fields.filter((field) => !refused.has(field));
          const reduced = { query: print(withRootFields(document, operation, allowed)), variables: request.variables ?? {} };
          const answer =
            allowed.length > 0 ? singleResult(await runAgain(reduced, { ...context, fieldsCounted: true })) : { data: {}, errors: [] };
          const errors = [...(answer.errors ?? []), ...[...refused].map(([{ key }, retryMs]) => graphqlRefusal(retryMs, [key]))];
          return answerOf(join(fields, answer.data, refused), errors, allowed.length === 0 ? Math.max(...refused.values()) : null);
        },
      };
    },
  };
}

/** Whether a document names a field that has a limit, wherever it does: one that does not needs no closer look. */
export function namesLimitedField(document: DocumentNode, schema: GraphQLSchema, limiter: Pick<FieldLimiter, 'isLimited'>): boolean {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => type?.name ?? []);
  let found = false;
  visit(document, {
    Field({ name }) {
      found ||= roots.some((root) => limiter.isLimited(`${root}.${name.value}`));
    },
  });
  return found;
}

type Data = Readonly<Record<string, unknown>>;

function singleResult({ body }: GraphQLResponse): { data?: Data | null; errors?: readonly GraphQLFormattedError[] } {
  if (body.kind !== 'single') throw new Error('incremental delivery is not enabled');
  return body.singleResult as never;
}

/** The answers in the order they were asked for. */
function join(fields: readonly RootField[], data: Data | null | undefined, refused: ReadonlyMap<RootField, number>): Data | null {
  if (!data || fields.some((field) => refused.has(field) && !field.nullable)) return null;
  return Object.fromEntries(fields.map((field) => [field.key, refused.has(field) ? null : data[field.key]]));
}

/** @param retryMs where nothing was resolved: how long to wait, as the HTTP answer says it too. */
function answerOf(data: Data | null, errors: readonly GraphQLFormattedError[], retryMs: number | null): GraphQLResponse {
  const headers = new HeaderMap();
  if (retryMs !== null) headers.set('retry-after', String(retryAfterSeconds(retryMs)));
  return {
    http: { status: retryMs === null ? undefined : 429, headers },
    body: { kind: 'single', singleResult: { data: data as never, errors } },
  };
}
