import { answerKept, questionOf } from '../cache/graphql-answers.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import { cacheRulesOf } from '../cache/rules.ts';
import type { GatewayContext } from '../context.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import { versionOf } from '../supergraph/generation.ts';
import type { RecentOperations } from '../supergraph/recent-operations.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { OperationAnswer, PreparedOperations } from './prepared-operations.ts';

/** What a client asks for by HTTP, and how. */
export interface UsualRequest extends OperationRequest {
  readonly cacheControl: string | undefined;
}

/** An answer as it goes out, but for its media type and what a client may make of its status. */
export interface UsualAnswer {
  /** As Apollo Server writes it. */
  readonly text: string;
  readonly status: 200 | 400 | 500;
  readonly headers: Readonly<Record<string, string>>;
}

/** Operations of clients that are answered without Apollo Server, and just as it would. */
export interface UsualOperations {
  /** Null: Apollo Server has to answer it. The context is asked for only where it has not. */
  answer(request: UsualRequest, contextOf: () => GatewayContext): Promise<UsualAnswer | null>;
}

export interface UsualOperationsDeps {
  readonly supergraph: Supergraph;
  readonly prepared: PreparedOperations;
  readonly cache: ResponseCache;
  readonly recent: Pick<RecentOperations, 'note'>;
  readonly metrics: Pick<GatewayMetrics, 'operation'>;
}

export function createUsualOperations({ supergraph, prepared, cache, recent, metrics }: UsualOperationsDeps): UsualOperations {
  const kept = { rules: cacheRulesOf(supergraph), version: versionOf(supergraph.sdl) };

  return {
    async answer(request, contextOf) {
      const startedAt = performance.now();
      const found = await prepared.find(request);
      if (!found) return null;
      const { document, operation, queryHash } = found;
      const { query, operationName, cacheControl } = request;
      recent.note(queryHash, { query, operationName: operationName ?? undefined });
      const context = contextOf();
      const run = (context: GatewayContext) => prepared.run(found, request.variables ?? {}, context);
      const { caller } = context;
      const question = cache.enabled ? questionOf({ document, operation, queryHash, request, caller, cacheControl }, kept) : null;
      if (!question) return written(await run(context));

      const answered = await answerKept(cache, question, context, run);
      if ('own' in answered) return written(answered.own);
      const { body, state, ageSeconds } = answered.kept;
      const text = `{"data":${body}}\n`;
      // What was made for it was counted where it was run.
      if (answered.made) return { text, status: 200, headers: { 'x-cache': state } };
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.operation({ name: operation.name?.value ?? null, type: operation.operation, failed: false, seconds });
      return { text, status: 200, headers: { 'x-cache': state, age: String(ageSeconds) } };
    },
  };
}

function written({ data, errors, extensions, broke }: OperationAnswer): UsualAnswer {
  const status = broke ? 500 : data === undefined ? 400 : 200;
  return { text: `${JSON.stringify({ errors, data, extensions })}\n`, status, headers: {} };
}
