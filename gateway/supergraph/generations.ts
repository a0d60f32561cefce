import type { ApolloServer } from '@apollo/server';
import type { Log } from '@comptoir/platform/log.ts';
import type { GatewayContext } from '../context.ts';
import type { UsualAnswer, UsualRequest } from '../execution/usual-operations.ts';
import type { GraphResult } from '../graph.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import type { Generation } from './generation.ts';

/** How long what was begun on an old version may take to finish before it is stopped all the same; longer than any request may take. */
const retireTimeoutMs = 30_000;

/**
 * The version of the supergraph that serves now, and the old ones that still finish what they began. Every request has `budgetMs` from here on, unless its context says
 * when its time is over.
 */
export interface Generations {
  current(): Generation;
  /** Runs a request on the current version, which goes on until the request is over, whatever replaces it meanwhile. */
  use<T>(work: (generation: Generation) => Promise<T>): Promise<T>;
  /** Apollo Server of the current version, as Fastify's handler takes it. */
  readonly apollo: Pick<ApolloServer<GatewayContext>, 'assertStarted' | 'executeHTTPGraphQLRequest'>;
  /** Answers a query or mutation without Apollo Server; null: Apollo Server has to. */
  answerUsual(request: UsualRequest, contextOf: () => GatewayContext): Promise<UsualAnswer | null>;
  /** Runs a query or mutation that did not come as a request of its own. */
  execute(request: OperationRequest, context: GatewayContext): Promise<GraphResult>;
  /** Runs one that the gateway itself asks, with the same text every time. */
  executeOwn(request: OperationRequest, context: GatewayContext): Promise<GraphResult>;
  /** Called for each next version, once it serves; the old one is there until the listener is done. */
  onReplace(listener: (next: Generation) => void | Promise<void>): void;
  replace(next: Generation): Promise<void>;
  stop(): Promise<void>;
}

interface Serving {
  readonly generation: Generation;
  requests: number;
  /** Called when the last request is over. */
  idle?: () => void;
}

export function createGenerations(first: Generation, { budgetMs, log }: { budgetMs: number; log: Log }): Generations {
  const listeners: ((next: Generation) => void | Promise<void>)[] = [];
  let serving: Serving = { generation: first, requests: 0 };
  const retiring = new Map<Serving, Promise<void>>();

  async function use<T>(work: (generation: Generation) => Promise<T>): Promise<T> {
    const used = serving;
    used.requests++;
    try {
      return await work(used.generation);
    } finally {
      if (--used.requests === 0) used.idle?.();
    }
  }

  async function retire(old: Serving): Promise<void> {
    if (old.requests > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      old.idle = resolve;
      const timer = setTimeout(resolve, retireTimeoutMs);
      await promise;
      clearTimeout(timer);
    }
    await old.generation.stop();
    log.info({ event: 'supergraph_retired', version: old.generation.version }, 'an old supergraph is gone');
  }

  const withDeadline = (context: GatewayContext) => ({ deadlineAt: performance.now() + budgetMs, ...context });

  return {
    current: () => serving.generation,
    use,
    apollo: {
      assertStarted: (place) => serving.generation.apollo.assertStarted(place),
      executeHTTPGraphQLRequest(request) {
        const deadlineAt = performance.now() + budgetMs;
        const context = async () => ({ deadlineAt, ...(await request.context()) });
        return use(({ apollo }) => apollo.executeHTTPGraphQLRequest({ ...request, context }));
      },
    },
    answerUsual(request, contextOf) {
      const deadlineAt = performance.now() + budgetMs;
      return use(({ usual }) => usual.answer(request, () => ({ deadlineAt, ...contextOf() })));
    },
    execute: (request, context) => use((generation) => executeOn(generation, request, withDeadline(context))),
    executeOwn: (request, context) =>
      use(async (generation) => {
        const { prepared } = generation;
        const own = withDeadline(context);
        const found = await prepared.find(request);
        if (!found) return executeOn(generation, request, own);
        const { data, errors } = await prepared.run(found, request.variables ?? {}, own);
        return { data, errors };
      }),
    onReplace: (listener) => void listeners.push(listener),
    async replace(next) {
      const old = serving;
      serving = { generation: next, requests: 0 };
      for (const listener of listeners) {
        try {
          await listener(next);
        } catch (error) {
          log.error({ event: 'supergraph_replace_failed', version: next.version, err: error }, 'a part did not take the next supergraph');
        }
      }
      const retired = retire(old)
        .catch((error: unknown) => log.error({ event: 'supergraph_retire_failed', err: error }, 'an old supergraph did not stop in order'))
        .finally(() => retiring.delete(old));
      retiring.set(old, retired);
    },
    async stop() {
      // Whoever stops the gateway has waited for its requests, as long as he would.
      for (const { idle } of retiring.keys()) idle?.();
      await Promise.all(retiring.values());
      await serving.generation.stop();
    },
  };
}

async function executeOn({ apollo }: Generation, request: OperationRequest, contextValue: GatewayContext): Promise<GraphResult> {
  const { query, operationName, variables } = request;
  const { body } = await apollo.executeOperation(
    { query, operationName: operationName ?? undefined, variables: { ...variables } },
    { contextValue },
  );
  if (body.kind !== 'single') throw new Error('incremental delivery is not enabled');
  return { data: body.singleResult.data, errors: body.singleResult.errors };
}
