import type { IncomingMessage } from 'node:http';
import { findComptoirError, toGraphQLError } from '@comptoir/platform/errors.ts';
import type { HttpServer } from '@comptoir/platform/http.ts';
import type { Log } from '@comptoir/platform/log.ts';
import { webSocketMetrics } from '@comptoir/platform/metric-families.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { continueTrace } from '@comptoir/platform/trace.ts';
import { attachWebSocket, type WebSocketExtra } from '@comptoir/platform/websocket.ts';
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch, Watch } from '../auth/caller-watch.ts';
import { credentialsFromConnectionParams, credentialsFromHeaders } from '../auth/credentials.ts';
import { type GatewayContext, traceHeaders } from '../context.ts';
import type { Limits } from '../limits/limits.ts';
import type { Subscription } from '../subscriptions/engine.ts';
import type { Prepared } from '../subscriptions/prepare.ts';
import { type AdmissionDeps, admitOperation } from './admit-operation.ts';
import { createOperationLog, type ToldOperation } from './operation-log.ts';
import { renewByPing } from './renew-by-ping.ts';
import { retryWaitMs } from './result-stream.ts';
import { begin, type OperationRunner, publicErrors } from './subscribe.ts';
import { type Wanted, wantedCursor } from './wanted-cursor.ts';

const maxPayloadBytes = 1024 * 1024;
const initTimeoutMs = 5_000;
const maxOperationsPerSocket = 50;
/** A socket with more than this unsent is congested. */
const highWaterBytes = 256 * 1024;
/** Clients that come back all at once would find the other gateways, or this one's successor, overrun. */
const drainSpreadMs = 1_500;
/** "Try again later". */
const tryAgainCode = 1013;

export interface WebSocketDeps {
  readonly runner: OperationRunner;
  readonly http: HttpServer;
  readonly schema: () => GraphQLSchema;
  readonly callerWatch: CallerWatch;
  readonly limits: Pick<AdmissionDeps, 'charge' | 'addressOf'> & Pick<Limits, 'identify'>;
  /** The status that an upgrade is refused with; null lets it in. */
  readonly refuse: (request: IncomingMessage) => number | null;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What onSubscribe hands on of a subscription that is to begin. */
interface SubscriptionArgs extends ExecutionArgs {
  readonly id: string;
  readonly connection: WebSocketExtra;
  readonly caller: Caller;
  readonly payload: SubscribePayload;
  readonly prepared: Extract<Prepared, { kind: 'subscription' }>;
  readonly wanted: Wanted;
  readonly isOpen: () => boolean;
  readonly tell: (told: ToldOperation) => void;
}

/** And of a query or mutation, which has been answered by then. */
interface AnsweredArgs extends ExecutionArgs {
  readonly answer: ExecutionResult;
}

/** graphql-transport-ws on /graphql, by graphql-ws. Results of subscriptions are framed here, from the text that all who share them get. */
export function registerWebSocket(deps: WebSocketDeps): void {
  const { runner, http, schema, callerWatch, limits, refuse, log, metrics } = deps;
  const callers = new WeakMap<WebSocketExtra, Caller>();
  const watches = new WeakMap<WebSocketExtra, Watch>();
  const inFlight = new Set<Promise<unknown>>();
  const { sent } = webSocketMetrics(metrics);
  const operationBegins = createOperationLog(log);

  /** Answers a query or mutation. Errors alone: it was not run, which the protocol tells apart from a result. */
  async function run(
    payload: SubscribePayload,
    { document }: Prepared & { kind: 'other' },
    { context, tell }: { context: GatewayContext; tell: (told: ToldOperation) => void },
  ): Promise<ExecutionResult | GraphQLError[]> {
    const execution = runner.execute(payload, context);
    inFlight.add(execution);
    const { data, errors: found } = await execution.finally(() => inFlight.delete(execution));
    const errors = found?.map(toError);
    const operation = getOperationAST(document, payload.operationName);
    const status = errors ? (data === undefined ? 'refused' : 'failed') : 'ok';
    tell({ type: operation?.operation ?? null, name: operation?.name?.value, status, code: errors?.[0]?.extensions.code });
    return data === undefined && errors ? errors : { data, ...(errors && { errors }) };
  }

  attachWebSocket({
    http,
    path: '/graphql',
    log,
    metrics,
    maxPayloadBytes,
    drainSpreadMs,
    restartReason: () => `Service restart, retry in ${retryWaitMs()} ms`,
    refuse,
    // Queries and mutations in flight are answered before their sockets close.
    async beforeClose(signal) {
      const cutOff = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await Promise.race([Promise.allSettled([...inFlight]), cutOff]);
    },
    protocol: {
      connectionInitWaitTimeout: initTimeoutMs,
      async onConnect({ connectionParams, extra }) {
        const credentials = credentialsFromConnectionParams(connectionParams) ?? credentialsFromHeaders(extra.request.headers);
        let caller: Caller | null;
        try {
          caller = await limits.identify(credentials, limits.addressOf(extra.request));
        } catch (error) {
          if (findComptoirError(error)?.code === 'RATE_LIMITED') {
            await limits.charge(null, limits.addressOf(extra.request), 'websocket');
            extra.socket.close(tryAgainCode, 'Too many requests');
            return;
          }
          // Not the client's fault: a code with which clients come back, unlike that of a refusal.
          log.warn({ event: 'websocket_auth_unavailable', err: error }, 'API keys cannot be checked');
          extra.socket.close(tryAgainCode, 'API keys cannot be checked at the moment');
          return;
        }
        if (!caller) {
          // Guessing costs the same as over HTTP: the bucket of the address.
          await limits.charge(null, limits.addressOf(extra.request), 'websocket');
          return false;
        }
        // Gone meanwhile: nobody would tell us to forget it.
        if (extra.socket.readyState !== extra.socket.OPEN) return false;
        callers.set(extra, caller);
        watches.set(
          extra,
          callerWatch.watch(credentials, caller, (reason) => extra.socket.close(CloseCode.Forbidden, reason)),
        );
        runner.metrics.clientOpened('websocket');
        return true;
      },
      onDisconnect({ extra }) {
        watches.get(extra)?.stop();
        if (callers.has(extra)) runner.metrics.clientClosed('websocket');
      },
      async onPing({ extra }, payload) {
        await renewByPing(watches.get(extra), payload);
      },
      async onSubscribe(ctx, id, given) {
        const caller = callers.get(ctx.extra);
        if (!caller) return [refusal('UNAUTHENTICATED', 'This needs an API key')];
        const { request } = ctx.extra;
        const trace = continueTrace(request.headers.traceparent);
        const tell = operationBegins(caller, trace.traceId);
        const refuse = (errors: readonly GraphQLError[]) => {
          const told = publicErrors(errors, runner);
          tell({ type: null, name: given.operationName, status: 'refused', code: told[0]?.extensions.code });
          return told;
        };
        if (Object.keys(ctx.subscriptions).length > maxOperationsPerSocket)
          return refuse([refusal('OPERATION_LIMIT', `A connection carries at most ${maxOperationsPerSocket} operations at a time`)]);
        const admitted = await admitOperation(given, { caller, request }, { ...limits, persisted: runner.persisted });
        if ('refusal' in admitted) return refuse([admitted.refusal]);
        const { payload } = admitted;
        const prepared = runner.prepare(payload);
        if (prepared.kind === 'faulty') return refuse(prepared.errors);
        const { document } = prepared;
        const args: ExecutionArgs = { schema: schema(), document, operationName: payload.operationName };
        if (prepared.kind === 'other') {
          const context = { caller, address: limits.addressOf(request), trace: traceHeaders(trace, request.headers['x-request-id']) };
          const answer = await run(payload, prepared, { context, tell });
          return Array.isArray(answer) ? answer : ({ ...args, answer } satisfies AnsweredArgs);
        }
        try {
          const wanted = wantedCursor(payload.extensions);
          const isOpen = () => id in ctx.subscriptions;
          return { ...args, id, connection: ctx.extra, caller, payload, prepared, wanted, isOpen, tell } satisfies SubscriptionArgs;
        } catch (error) {
          return refuse([toGraphQLError(error)]);
        }
      },
      subscribe: (args) => deliver(args as SubscriptionArgs, runner, { onSent: () => sent.inc(), isStopping: http.isStopping }),
      execute: (args) => (args as AnsweredArgs).answer,
    },
  });
}

/**
 * Runs a subscription and writes its results to the socket itself. The iterator that graphql-ws is given yields nothing: it only ends when the subscription does,
 * so that a thousand clients cost a thousand writes of one text and not as many serialisations.
 */
function deliver(
  args: SubscriptionArgs,
  runner: OperationRunner,
  { onSent, isStopping }: { onSent: () => void; isStopping: () => boolean },
): AsyncGenerator<never> {
  const { connection, caller, document, id, isOpen, payload, tell, wanted } = args;
  const { socket } = connection;
  const prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const done = { done: true, value: undefined } as const;
  const { promise: over, resolve, reject } = Promise.withResolvers<IteratorReturnResult<undefined>>();
  // A rejection before graphql-ws asks for the first result is not unhandled: it will ask.
  over.catch(() => undefined);
  let subscription: Subscription | undefined;
  let failure: GraphQLError | undefined;

  subscription = begin(
    args.prepared,
    {
      caller,
      transport: 'websocket',
      name: payload.operationName ?? null,
      after: wanted.after,
      outlet: {
        write({ text }) {
          if (!isOpen() || socket.readyState !== socket.OPEN) return true;
          onSent();
          if (socket.bufferedAmount < highWaterBytes) {
            socket.send(`${prefix}${text}}`);
            return true;
          }
          socket.send(`${prefix}${text}}`, () => subscription?.drained());
          return false;
        },
        mark(cursor) {
          if (wanted.marks && isOpen() && socket.readyState === socket.OPEN)
            socket.send(`${prefix}${JSON.stringify({ data: null, extensions: { cursor } })}}`);
        },
        end: () => resolve(done),
        fail(error) {
          failure = error;
          reject(error);
        },
      },
    },
    runner,
  );
  const name = getOperationAST(document, payload.operationName)?.name?.value;
  tell({ type: 'subscription', name, status: failure ? 'refused' : 'started', code: failure?.extensions.code });
  const stop = () => subscription?.stop(isStopping() ? 'shutdown' : 'client');
  return {
    next: () => over,
    async return() {
      stop();
      resolve(done);
      return done;
    },
    throw: () => over,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      stop();
    },
  };
}

function toError({ message, extensions, path }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { extensions: extensions ?? null, path: path ?? null });
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
