import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { Log } from '@comptoir/platform/log.ts';
import { principalHeader } from '@comptoir/platform/principal.ts';
import { maskUrlPasswords } from '@comptoir/platform/redact.ts';
import type { UpstreamReport } from '@comptoir/schema/edge-report.ts';
import type { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { copyOf } from '../execution/json.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { RawAnswer } from './answer.ts';
import { createBalancer } from './balancer.ts';
import { type BreakerConfig, defaultBreaker } from './breaker.ts';
import { type Call, createDispatch } from './dispatch.ts';
import { atEachField, rootKeysOf, serviceUnavailable, subgraphError } from './errors.ts';
import { startHealthChecks } from './health-checks.ts';
import { createInFlight } from './in-flight.ts';
import { createInstance } from './instance.ts';
import type { FetchMetrics } from './metrics.ts';
import { createRetryBudget } from './retry-budget.ts';
import { createPrincipalKeys, createSigner } from './signer.ts';

export interface SubgraphSourceConfig {
  readonly name: string;
  /** Where its instances answer. */
  readonly urls: readonly string[];
  readonly secret: string;
  /** For one attempt at one instance. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** When to stop asking an instance. */
  readonly breaker?: BreakerConfig | undefined;
  /** How often to ask each of several instances whether it is ready; 2 s by default. */
  readonly healthCheckMs?: number | undefined;
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

/** A request that is written already. */
export interface PreparedFetch {
  readonly body: string;
  readonly isMutation: boolean;
  /** Where in the answer to say that there is none; empty: for all of it. */
  readonly rootKeys: () => readonly string[];
  /** Nothing is put into what it answers: those who share it need no answer of their own. */
  readonly readOnly?: boolean | undefined;
}

/** One subgraph, asked over HTTP with the caller's identity signed by us and never with the caller's own credentials. */
export interface SubgraphSource extends GraphQLDataSource {
  /** @throws GraphQLError SERVICE_UNAVAILABLE naming the service. */
  ask(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer>;
  /** Never rejects: says what is missing in the errors, as Apollo's executor and ours want it. */
  fetch(prepared: PreparedFetch, context: GatewayContext): Promise<SubgraphAnswer>;
  /** The address of an instance that is well, for what is not one request: in turn, so that they share. */
  pick(): string;
  /** Whether it has ever been reached. */
  hasAnswered(): boolean;
  report(): UpstreamReport;
  stop(): Promise<void>;
}

/** Of one instance. A few more than a subgraph has connections to its database; more would only wait there. */
const maxAtOnce = 32;
/** Between two lines of the log that say that a subgraph is away. */
const quietMs = 5_000;

export interface SubgraphSourceDeps {
  readonly log: Log;
  readonly metrics: GatewayMetrics;
  readonly fetchMetrics: FetchMetrics;
  /** Called whenever a mutation was answered, or may have been carried out though it was not. */
  readonly onWritten?: (() => void) | undefined;
}

/** Writes a request. Equal ones are written equally: they share their fetch. */
export function prepareFetch({ query, operationName, variables }: SubgraphRequest): PreparedFetch {
  const body = JSON.stringify({ query, operationName, variables });
  return { body, isMutation: query.startsWith('mutation'), rootKeys: () => rootKeysOf(query) };
}

type Asked = Omit<PreparedFetch, 'rootKeys'>;

export function createSubgraphSource(config: SubgraphSourceConfig, deps: SubgraphSourceDeps): SubgraphSource {
  const { name, urls, secret, timeoutMs, maxResponseBytes, breaker = defaultBreaker, healthCheckMs = 2_000 } = config;
  const instances = urls.map((url) => createInstance({ service: name, url, breaker, maxResponseBytes, maxAtOnce }, deps.fetchMetrics));
  const balancer = createBalancer(instances);
  const stopChecks =
    instances.length > 1 ? startHealthChecks(instances, { service: name, everyMs: healthCheckMs }, deps) : async () => undefined;
  const dispatch = createDispatch(
    { service: name, timeoutMs },
    { instances, balancer, budget: createRetryBudget(), counters: deps.metrics, metrics: deps.fetchMetrics },
  );
  // Executors put what comes later into an answer: two operations that share a fetch must not share what they make of it.
  const queries = createInFlight<RawAnswer>(copyOf);
  const readOnlyQueries = createInFlight<RawAnswer>();
  const keyOf = createPrincipalKeys();
  const signed = createSigner(secret, keyOf);
  /** Mutations that this subgraph has answered: who reads after one does not share a fetch that was begun before. */
  let written = 0;
  let quietUntil = 0;

  function send(body: string, context: GatewayContext, how: Pick<Call, 'repeatable' | 'deadlineAt' | 'signal'>): Promise<RawAnswer> {
    // These and no others: what else a client sent is not the subgraphs' business.
    const headers = {
      ...context.trace,
      'content-type': 'application/json',
      accept: 'application/json',
      [principalHeader]: signed(context.caller),
    };
    return dispatch({ body, headers, ...how });
  }

  function query({ body, readOnly }: Asked, context: GatewayContext, deadlineAt: number): Promise<RawAnswer> {
    const key = `${keyOf(context.caller)}\n${written} ${context.fence ?? ''}\n${body}`;
    const flights = readOnly ? readOnlyQueries : queries;
    return flights.share(key, context.signal, (signal) => send(body, context, { repeatable: true, deadlineAt, signal }));
  }

  async function ask(asked: Asked, context: GatewayContext): Promise<SubgraphAnswer> {
    const { body, isMutation } = asked;
    const deadlineAt = context.deadlineAt ?? Number.POSITIVE_INFINITY;
    let answer: RawAnswer;
    try {
      answer = await (isMutation ? send(body, context, { repeatable: false, deadlineAt }) : query(asked, context, deadlineAt));
    } catch (error) {
      if (!context.signal?.aborted) tellOnce(error);
      throw serviceUnavailable(name, error);
    } finally {
      if (isMutation) {
        written++;
        deps.onWritten?.();
      }
    }
    const { data, errors } = answer;
    if (errors) deps.metrics.answeredErrors(name);
    return { data, ...(errors && { errors: errors.map((error) => subgraphError(error, name)) }) };
  }

  /** While a subgraph is away each of its requests fails; the metrics count them, the log need not. */
  function tellOnce(error: unknown): void {
    const now = performance.now();
    if (now < quietUntil) return;
    quietUntil = now + quietMs;
    deps.log.warn({ event: 'subgraph_unavailable', subgraph: name, err: error }, 'a subgraph gives no answer');
  }

  async function fetch(prepared: PreparedFetch, context: GatewayContext): Promise<SubgraphAnswer> {
    try {
      return await ask(prepared, context);
    } catch (error) {
      // Answered rather than thrown, so that the executor says which fields are missing.
      return { data: null, errors: atEachField(error as GraphQLError, prepared.rootKeys()) };
    }
  }

  return {
    ask: (request, context) => ask(prepareFetch(request), context),
    fetch,
    // Typed loosely on purpose: the gateway hands over whatever context our server made, which is always a GatewayContext.
    async process({ request: { query = '', operationName, variables }, context }: GraphQLDataSourceProcessOptions) {
      return (await fetch(prepareFetch({ query, operationName, variables }), context as GatewayContext)) as never;
    },
    pick: () => (balancer.pick({ repeatable: false }) ?? instances[0]!).url,
    hasAnswered: () => instances.some(({ answered }) => answered > 0),
    report() {
      const states = instances.map(({ breaker }) => breaker.state());
      return {
        service: name,
        state: states.includes('closed') ? 'closed' : states.includes('half-open') ? 'half-open' : 'open',
        failures: instances.reduce((sum, { breaker }) => sum + breaker.failures(), 0),
        instances: instances.map((instance, index) => ({
          url: maskUrlPasswords(instance.url),
          healthy: instance.isHealthy(),
          state: states[index]!,
          inFlight: instance.inFlight,
        })),
      };
    },
    async stop() {
      await stopChecks();
      await Promise.all(instances.map((instance) => instance.stop()));
    },
  };
}
