import { randomUUID } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import { ComptoirError, toGraphQLError } from './errors.ts';
import { runnerOf } from './execution/runner.ts';
import type { Log } from './log.ts';
import type { graphqlMetrics } from './metric-families.ts';
import type { Contexts, OperationScope } from './operation-scope.ts';
import type { Principal } from './principal.ts';
import { runSubscription } from './subscription.ts';
import { continueTrace, runInTrace } from './trace.ts';
import type { WebSocketExtra } from './websocket.ts';

export interface SubgraphProtocolDeps<C extends object> {
  schema: GraphQLSchema;
  contexts: Contexts<C>;
  /** Whom `connectionParams.principal` names; null refuses the connection with 4403. */
  authenticate(credential: unknown): Principal | null;
  formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
  introspection: boolean;
  isStopping(): boolean;
  log: Log;
  metrics: ReturnType<typeof graphqlMetrics>;
}

/** Of one socket; the gateway carries many clients over one. */
const maxOperations = 10_000;

interface Prepared {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/** What a subgraph does with GraphQL over WebSocket, for graphql-ws. Nothing here throws: graphql-ws would close the socket for all of its operations. */
export function createSubgraphProtocol<C extends object>(deps: SubgraphProtocolDeps<C>) {
  const { schema, contexts, authenticate, formatError, log, metrics } = deps;
  const principals = new WeakMap<object, Principal>();
  const rules = deps.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const inFlight = createInFlight();

  const format = (errors: readonly GraphQLError[]) => errors.map((error) => formatError(error.toJSON(), error));

  function run(principal: Principal, { document, operation }: Prepared, { variables, extensions }: SubscribePayload, gone: AbortSignal) {
    const trace = continueTrace((extensions as Record<string, unknown> | undefined)?.traceparent);
    const requestId = randomUUID();
    const child = log.child({ traceId: trace.traceId, requestId });
    const scope = (signal: AbortSignal, takeStart?: OperationScope['takeStart']): OperationScope => ({
      principal,
      signal,
      log: child,
      requestId,
      takeStart,
    });
    const args = { schema, document, operationName: operation.name?.value, variableValues: variables };
    const name = operation.name?.value ?? null;

    if (operation.operation !== 'subscription') {
      const begun = performance.now();
      return runInTrace(trace, async () => {
        const context = await contexts.open(scope(gone));
        try {
          const result = await runnerOf(args)(context);
          const seconds = (performance.now() - begun) / 1_000;
          metrics.observe({ name, type: operation.operation, failed: (result.errors?.length ?? 0) > 0, seconds });
          return result;
        } finally {
          await contexts.close(context);
        }
      });
    }
    return runInTrace(trace, async () => {
      const result = await runSubscription(args, {
        cursor: wantedCursor(extensions),
        openContext: (signal, takeStart) => contexts.open(scope(signal, takeStart)),
        closeContext: (context) => contexts.close(context),
        onEvent(seconds) {
          metrics.observeEvent(name, seconds);
          metrics.events.inc();
        },
        onEnd: () => metrics.subscriptions.dec(),
      });
      const begun = Symbol.asyncIterator in result;
      if (begun) metrics.subscriptions.inc();
      metrics.observe({ name, type: 'subscription', failed: !begun });
      return result;
    });
  }

  const protocol: ServerOptions<Record<string, unknown>, WebSocketExtra> = {
    connectionInitWaitTimeout: 3_000,
    onConnect(connection) {
      const principal = authenticate(connection.connectionParams?.principal);
      if (!principal) return false;
      principals.set(connection.extra, principal);
      return true;
    },
    onSubscribe(connection, id, payload) {
      if (deps.isStopping()) return [toGraphQLError(new ComptoirError('SHUTTING_DOWN'))];
      if (Object.keys(connection.subscriptions).length > maxOperations) return [toGraphQLError(new ComptoirError('OPERATION_LIMIT'))];
      const prepared = prepare(schema, rules, payload);
      if (Array.isArray(prepared)) return prepared;
      const principal = principals.get(connection.extra);
      if (!principal) return [toGraphQLError(new ComptoirError('UNAUTHENTICATED'))];
      const { document, operation } = prepared as Prepared;
      const gone = inFlight.signal(connection.extra);
      if (operation.operation !== 'subscription') inFlight.add(connection.extra, id);
      // What runs is kept for execute and subscribe below, which graphql-ws calls with these arguments.
      const args: ExecutionArgs & { run: () => unknown } = {
        schema,
        document,
        operationName: operation.name?.value,
        contextValue: null,
        run: () => run(principal, prepared as Prepared, payload, gone),
      };
      return args;
    },
    execute: begin,
    subscribe: begin,
    onNext: (_connection, _id, _payload, _args, { errors, ...result }: ExecutionResult) => ({
      ...result,
      ...(errors && { errors: format(errors) }),
    }),
    onError(connection, id, _payload, errors) {
      inFlight.remove(connection.extra, id);
      return format(errors);
    },
    onComplete: (connection, id) => inFlight.remove(connection.extra, id),
    onClose: (connection) => inFlight.close(connection.extra),
  };

  async function begin(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
    try {
      return (await (args as ExecutionArgs & { run: () => unknown }).run()) as AsyncGenerator<ExecutionResult> | ExecutionResult;
    } catch (error) {
      return { errors: [toGraphQLError(error)] };
    }
  }

  return {
    protocol,
    /** Resolves when no query or mutation is in flight, or the signal fires. */
    idle: inFlight.idle,
  };
}

/** Queries and mutations that were not answered to the end yet, which stop() waits for, and a signal per socket that fires when it is gone. */
function createInFlight() {
  const sockets = new WeakMap<object, { ids: Set<string>; gone: AbortController }>();
  const waiting: (() => void)[] = [];
  let count = 0;

  function entry(socket: object) {
    const known = sockets.get(socket) ?? { ids: new Set<string>(), gone: new AbortController() };
    sockets.set(socket, known);
    return known;
  }
  function forget(socket: object, id: string): void {
    if (!entry(socket).ids.delete(id)) return;
    count--;
    // The last message is handed to its socket only after this returns.
    if (count === 0) for (const resolve of waiting.splice(0)) setImmediate(resolve);
  }

  return {
    signal: (socket: object) => entry(socket).gone.signal,
    add(socket: object, id: string): void {
      entry(socket).ids.add(id);
      count++;
    },
    remove: forget,
    close(socket: object): void {
      const { ids, gone } = entry(socket);
      gone.abort(new Error('the client left'));
      for (const id of ids) forget(socket, id);
    },
    async idle(signal: AbortSignal): Promise<void> {
      if (count === 0 || signal.aborted) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

const maxCursorLength = 200;

/** `extensions.cursor` of a subscribe message: text to go on after it, null to be told cursors from now on; undefined where it is not there. */
function wantedCursor(extensions: SubscribePayload['extensions']): string | null | undefined {
  const cursor = extensions?.cursor;
  if (cursor === undefined || cursor === null) return cursor;
  if (typeof cursor !== 'string' || cursor.length > maxCursorLength) throw new ComptoirError('CURSOR_INVALID');
  return cursor;
}

/** The operation to run, or what is wrong with it. */
function prepare(schema: GraphQLSchema, rules: Parameters<typeof validate>[2], payload: SubscribePayload): Prepared | GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(payload.query);
  } catch (error) {
    return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
  }
  try {
    const faults = validate(schema, document, rules);
    if (faults.length > 0) return faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED'));
  } catch (error) {
    // graphql-js throws, rather than finds, `@include(if: $variable)` at the root of a subscription.
    return [withCode(error, 'GRAPHQL_VALIDATION_FAILED')];
  }
  const operation = getOperationAST(document, payload.operationName);
  return operation
    ? { document, operation }
    : [withCode(new GraphQLError('There is no such operation in the document.'), 'OPERATION_RESOLUTION_FAILURE')];
}

function withCode(error: unknown, code: string): GraphQLError {
  const fault = toGraphQLError(error);
  return new GraphQLError(fault.message, { nodes: fault.nodes, source: fault.source, positions: fault.positions, extensions: { code } });
}
