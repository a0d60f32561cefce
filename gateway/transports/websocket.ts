import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '@comptoir/platform/log.ts';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import { credentialsFromConnectionParams, credentialsFromHeaders } from '../auth/credentials.ts';
import { traceOf } from '../context.ts';
import type { Subscription } from '../subscriptions/engine.ts';
import type { Prepared } from '../subscriptions/prepare.ts';
import { begin, type OperationRunner, publicErrors } from './subscribe.ts';

const maxPayloadBytes = 1024 * 1024;
const initTimeoutMs = 5_000;
const maxOperationsPerSocket = 50;
/** A socket with more than this unsent is congested. */
const highWaterBytes = 256 * 1024;
/** A client that does not answer a ping within this time is gone. */
const pingEveryMs = 15_000;

export interface WebSocketTransport {
  /** Tells clients to come back, to another instance or later. */
  stop(signal: AbortSignal): Promise<void>;
}

export interface WebSocketDeps extends OperationRunner {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly log: Log;
}

interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  caller?: Caller;
}

/** What onSubscribe hands to subscribe and execute. */
interface OperationArgs extends ExecutionArgs {
  readonly id: string;
  readonly connection: Connection;
  readonly payload: SubscribePayload;
  readonly prepared: Prepared;
  readonly isOpen: () => boolean;
  /** Why the subscription ends where it is not its source that ends it. */
  readonly leaving: () => 'client' | 'shutdown';
}

/** graphql-transport-ws on /graphql, by graphql-ws. Results of subscriptions are framed here, from the text that all who share them get. */
export function createWebSocketTransport(server: Server, deps: WebSocketDeps): WebSocketTransport {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPayloadBytes, perMessageDeflate: false, handleProtocols });
  let stopping = false;

  const protocol = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect({ connectionParams, extra }) {
      let caller: Caller | null;
      try {
        caller = await deps.authenticate(
          credentialsFromConnectionParams(connectionParams) ?? credentialsFromHeaders(extra.request.headers),
        );
      } catch (error) {
        // Not the client's fault: a code with which clients come back, unlike that of a refusal.
        deps.log.warn({ event: 'websocket_auth_unavailable', err: error }, 'API keys cannot be checked');
        extra.socket.close(1013, 'API keys cannot be checked at the moment');
        return;
      }
      if (!caller) return false;
      extra.caller = caller;
      return true;
    },
    onSubscribe(ctx, id, payload) {
      if (Object.keys(ctx.subscriptions).length > maxOperationsPerSocket) {
        return [
          new GraphQLError(`A connection carries at most ${maxOperationsPerSocket} operations at a time`, {
            extensions: { code: 'OPERATION_LIMIT' },
          }),
        ];
      }
      const prepared = deps.prepare(payload);
      if (prepared.kind === 'faulty') return publicErrors(prepared.errors, deps);
      const args: OperationArgs = {
        schema: deps.schema,
        document: prepared.document,
        operationName: payload.operationName,
        id,
        connection: ctx.extra,
        payload,
        prepared,
        isOpen: () => id in ctx.subscriptions,
        leaving: () => (stopping ? 'shutdown' : 'client'),
      };
      return args;
    },
    subscribe: (args) => deliver(args as OperationArgs, deps),
    async execute(args) {
      const { payload, connection } = args as OperationArgs;
      const { data, errors } = await deps.execute(payload, { caller: connection.caller!, trace: traceOf(connection.request.headers) });
      return {
        ...(data !== undefined && { data }),
        ...(errors && { errors: errors.map(({ message, ...rest }) => asGraphQLError(message, rest)) }),
      };
    },
  });

  const onUpgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    if (request.url?.replace(/\?.*$/s, '').replace(/\/$/, '') !== '/graphql') return refuseUpgrade(duplex, '404 Not Found');
    if (stopping) return refuseUpgrade(duplex, '503 Service Unavailable\r\nRetry-After: 1');
    sockets.handleUpgrade(request, duplex, head, (socket) => open(socket, request));
  };

  const open = (socket: WebSocket, request: IncomingMessage) => {
    deps.metrics.socketOpened();
    deps.metrics.clientOpened('websocket');
    socket.on('error', (error) => {
      deps.metrics.socketError();
      deps.log.debug({ event: 'websocket_error', err: error }, 'WebSocket error');
      socket.close(CloseCode.InternalServerError);
    });
    let alive = true;
    socket.on('pong', () => {
      alive = true;
    });
    const pinging = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, pingEveryMs);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => {
          deps.metrics.messageSent();
          return new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(data, (error) => (error ? reject(error) : resolve()));
          });
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data) => {
            deps.metrics.messageReceived();
            handle(String(data)).catch((error: unknown) => {
              deps.metrics.socketError();
              deps.log.error({ event: 'websocket_message_failed', err: error }, 'a WebSocket message could not be handled');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => {
      clearInterval(pinging);
      deps.metrics.socketClosed();
      deps.metrics.clientClosed('websocket');
      void closed(code, String(reason));
    });
  };

  server.on('upgrade', onUpgrade);

  return {
    async stop(signal) {
      stopping = true;
      for (const socket of sockets.clients) socket.close(1012, 'Service restart');
      const gone = [...sockets.clients].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
      // A client that does not answer the close is not waited for.
      const overdue = AbortSignal.any([signal, AbortSignal.timeout(1_000)]);
      overdue.addEventListener('abort', () => {
        for (const socket of sockets.clients) socket.terminate();
      });
      await Promise.all(gone);
      server.off('upgrade', onUpgrade);
      sockets.close();
    },
  };
}

/**
 * Runs a subscription and writes its results to the socket itself. The iterator that graphql-ws is given yields nothing: it only ends when the subscription does,
 * so that a thousand clients cost a thousand writes of one text and not as many serialisations.
 */
function deliver(args: OperationArgs, deps: WebSocketDeps): AsyncGenerator<never> {
  const { connection, id, isOpen, leaving, payload } = args;
  const { socket } = connection;
  const prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const { promise: over, resolve, reject } = Promise.withResolvers<IteratorReturnResult<undefined>>();
  // A rejection before graphql-ws asks for the first result is not unhandled: it will ask.
  over.catch(() => undefined);
  let subscription: Subscription | undefined;
  const done = { done: true, value: undefined } as const;

  subscription = begin(
    args.prepared as Extract<Prepared, { kind: 'subscription' }>,
    {
      caller: connection.caller!,
      transport: 'websocket',
      name: payload.operationName ?? null,
      outlet: {
        write(result) {
          if (!isOpen() || socket.readyState !== socket.OPEN) return true;
          deps.metrics.messageSent();
          if (socket.bufferedAmount < highWaterBytes) {
            socket.send(`${prefix}${result}}`);
            return true;
          }
          socket.send(`${prefix}${result}}`, () => subscription?.drained());
          return false;
        },
        end: () => resolve(done),
        fail: reject,
      },
    },
    deps,
  );
  return {
    next: () => over,
    async return() {
      subscription?.stop(leaving());
      resolve(done);
      return done;
    },
    throw: () => over,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      subscription?.stop(leaving());
    },
  };
}

function asGraphQLError(
  message: string,
  { extensions, path }: { extensions?: Record<string, unknown>; path?: readonly (string | number)[] },
): GraphQLError {
  return new GraphQLError(message, { extensions: extensions ?? null, path: path ?? null });
}

function refuseUpgrade(duplex: Duplex, status: string): void {
  duplex.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
