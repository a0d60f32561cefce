import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { Log } from '@comptoir/platform/log.ts';
import { principalHeader } from '@comptoir/platform/principal.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { serviceUnavailable, subgraphError } from './errors.ts';
import { createInFlight } from './in-flight.ts';
import { createPoster, type PostResult, ResponseTooLargeError } from './post.ts';
import { createSigner, principalKey } from './signer.ts';

export interface SubgraphSourceConfig {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

export interface SubgraphAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's.
  data?: Record<string, any> | null;
  errors?: ReturnType<typeof subgraphError>[];
}

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

/** One subgraph, asked over HTTP with the caller's identity signed by us and never with the caller's own credentials. */
export interface SubgraphSource extends GraphQLDataSource {
  /** @throws GraphQLError SERVICE_UNAVAILABLE naming the service. */
  ask(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer>;
  stop(): Promise<void>;
}

export function createSubgraphSource(config: SubgraphSourceConfig, deps: { log: Log; metrics: GatewayMetrics }): SubgraphSource {
  const { name, secret } = config;
  const poster = createPoster(config.url, { ...config, maxConnections: 64 });
  const queries = createInFlight<PostResult>();
  const signed = createSigner(secret);
  /** Mutations that this subgraph has answered: who reads after one does not share a fetch that was begun before. */
  let written = 0;

  async function send(body: string, context: GatewayContext, signal: AbortSignal | undefined): Promise<PostResult> {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      const headers = {
        ...context.trace,
        'content-type': 'application/json',
        accept: 'application/json',
        [principalHeader]: signed(context.caller),
      };
      return await poster.post(body, headers, signal);
    } catch (error) {
      outcome = signal?.aborted
        ? 'aborted'
        : error instanceof ResponseTooLargeError
          ? 'too_large'
          : isTimeout(error)
            ? 'timeout'
            : 'unreachable';
      throw error;
    } finally {
      deps.metrics.fetched(name, outcome, (performance.now() - startedAt) / 1000);
    }
  }

  async function ask(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer> {
    const body = JSON.stringify({ query: request.query, operationName: request.operationName, variables: request.variables });
    const isMutation = request.query.startsWith('mutation');
    let result: PostResult;
    try {
      result = isMutation
        ? await send(body, context, undefined)
        : await queries.share(`${principalKey(context.caller)}\n${written} ${context.fence ?? ''}\n${body}`, context.signal, (signal) => send(body, context, signal));
    } catch (error) {
      if (!context.signal?.aborted)
        deps.log.warn({ event: 'subgraph_unreachable', service: name, err: error }, 'subgraph cannot be reached');
      throw serviceUnavailable(name, error);
    } finally {
      if (isMutation) written++;
    }
    const answer = parseAnswer(result.text);
    if (!answer || (result.status >= 500 && !answer.errors) || result.status === 401) {
      deps.log.error({ event: 'subgraph_bad_answer', service: name, status: result.status }, 'subgraph answered something unusable');
      throw serviceUnavailable(name, new Error(`HTTP ${result.status}`));
    }
    if (answer.errors) deps.metrics.answeredErrors(name);
    return { data: answer.data, ...(answer.errors && { errors: answer.errors.map((error) => subgraphError(error, name)) }) };
  }

  return {
    ask,
    // Typed loosely on purpose: the gateway hands over whatever context our server made, which is always a GatewayContext.
    async process({ request, context }: GraphQLDataSourceProcessOptions) {
      const { query = '', operationName, variables } = request;
      try {
        return (await ask({ query, operationName, variables }, context as GatewayContext)) as never;
      } catch (error) {
        // Answered rather than thrown, so that the executor says which fields are missing.
        return { data: null, errors: [error] } as never;
      }
    },
    stop: () => poster.stop(),
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /Timeout/.test(error.name);
}

function parseAnswer(text: string): { data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] } | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) return null;
    const { data, errors } = answer as { data?: Record<string, unknown> | null; errors?: unknown };
    return { data, ...(Array.isArray(errors) && errors.length > 0 && { errors }) };
  } catch {
    // Not JSON: the caller says so in its log.
    return null;
  }
}
