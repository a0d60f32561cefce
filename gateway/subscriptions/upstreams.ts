import type { Log } from '@comptoir/platform/log.ts';
import { signPrincipal } from '@comptoir/platform/principal.ts';
import type { ErrorCode } from '@comptoir/schema/errors.ts';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { subgraphError } from '../fetch/errors.ts';
import type { Rights } from './keys.ts';
import type { Sink } from './topic.ts';

/** The subgraph does not take us for the gateway, which another attempt does not change. */
const refusedCode = 4403;
const ackTimeoutMs = 5_000;
const pingEveryMs = 10_000;
const pongTimeoutMs = 5_000;
const maxRetryWaitMs = 5_000;
/** How long a subgraph that stops, or that ended a connection for good, is left alone at first. */
const firstWaitMs = 500;
const maxEventBytes = 4 * 1024 * 1024;

export interface UpstreamRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Record<string, unknown>;
  /** What came after this cursor is told first; null: from now on. */
  readonly after: string | null;
}

/** Subscriptions at the subgraphs: one connection for each subgraph and rights, opened when needed and closed when not. */
export interface Upstreams {
  /**
   * Goes on through any number of lost connections: it is subscribed again each time, after the last event that came, so that nothing is missed at a subgraph that tells
   * cursors. From one that does not, what happened meanwhile is missed. Returns how to stop, at once.
   */
  subscribe(service: string, rights: Rights, request: UpstreamRequest, sink: Sink<ExecutionResult>): () => void;
  /** Connections to addresses that are no longer those of their subgraphs are made anew. */
  follow(): void;
  stop(): Promise<void>;
}

interface Connection {
  readonly service: string;
  readonly client: Client;
  /** Where it was last connected to. */
  readonly address: () => string;
  uses: number;
}

class UpstreamSocket extends WebSocket {
  constructor(url: string, protocols: string) {
    super(url, protocols, { perMessageDeflate: false, maxPayload: maxEventBytes, handshakeTimeout: ackTimeoutMs });
  }
}

export interface UpstreamsConfig {
  readonly secret: string;
  /** Where a subgraph is connected to next: one of its instances. */
  readonly urlOf: (service: string) => string;
  /** Whether that is still one of its addresses. */
  readonly isAddressOf: (service: string, url: string) => boolean;
}

export function createUpstreams(config: UpstreamsConfig, { log }: { log: Log }): Upstreams {
  const connections = new Map<string, Connection>();

  const connect = (service: string, { principal }: Rights): Connection => {
    let pongTimer: NodeJS.Timeout | undefined;
    let address = '';
    const client = createClient({
      // Asked each time: the supergraph may have been replaced.
      url() {
        address = config.urlOf(service);
        return address.replace(/^http/, 'ws');
      },
      webSocketImpl: UpstreamSocket,
      // Signed anew for each connection: a signature is good for a minute.
      connectionParams: () => ({ principal: signPrincipal(principal, config.secret) }),
      connectionAckWaitTimeout: ackTimeoutMs,
      keepAlive: pingEveryMs,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: (event) => closeCode(event) !== refusedCode,
      retryWait: (attempt) =>
        new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, maxRetryWaitMs) * (0.5 + Math.random()))),
      on: {
        connected: (_socket, _payload, again) =>
          log.info({ event: again ? 'upstream_reconnected' : 'upstream_connected', service }, 'upstream connected'),
        closed: (event) => {
          clearTimeout(pongTimer);
          log.info({ event: 'upstream_closed', service, code: closeCode(event) }, 'upstream closed');
        },
        // A connection that hangs looks like a quiet one; only an unanswered ping tells them apart.
        ping: (received) => {
          if (!received) pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
        },
        pong: (received) => {
          if (received) clearTimeout(pongTimer);
        },
      },
    });
    return { service, client, address: () => address, uses: 0 };
  };

  return {
    subscribe(service, rights, request, sink) {
      const key = `${service}\n${rights.key}`;
      let connection = connections.get(key);
      if (!connection) {
        connection = connect(service, rights);
        connections.set(key, connection);
      }
      const used = connection;
      used.uses++;
      let active = true;
      const leave = () => {
        if (!active) return false;
        active = false;
        if (--used.uses === 0 && connections.get(key) === used) connections.delete(key);
        return true;
      };
      let unsubscribe: () => void = () => undefined;
      let again: NodeJS.Timeout | undefined;
      /** What an attempt that is over still says is not heard. */
      let attempts = 0;
      let failures = 0;
      let cursor = request.after;
      const { query, operationName, variables } = request;
      // Sent again with every new connection, with the cursor as it is by then.
      const extensions = {
        get cursor() {
          return cursor;
        },
      };
      // Not within the handling of a message: a `complete` that came with it would make the client release the subscription twice, and with it somebody else's connection.
      const release = () => queueMicrotask(unsubscribe);
      const fail = (failure: unknown) => {
        if (!active) return;
        attempts++;
        if (hasCode(failure, 'SHUTTING_DOWN') || isLostConnection(failure) || (cursor !== null && hasCode(failure, 'SLOW_CONSUMER'))) {
          // Whoever takes the subgraph's place is asked instead; the clients stay.
          const waitMs = Math.min(firstWaitMs * 2 ** failures++, maxRetryWaitMs) * (0.5 + Math.random());
          log.warn({ event: 'upstream_again', service, code: closeCode(failure), waitMs }, 'upstream subscription is tried again');
          again = setTimeout(begin, waitMs);
          return;
        }
        leave();
        log.warn({ event: 'upstream_failed', service, err: failure }, 'upstream subscription failed');
        sink.error(upstreamError(service, failure));
      };
      const begin = () => {
        const attempt = attempts;
        unsubscribe = used.client.subscribe(
          { query, operationName, variables, extensions },
          {
            next: (event) => {
              if (!active || attempt !== attempts) return;
              const { extensions: told, ...result } = event as ExecutionResult;
              const { data, errors } = result;
              if (data !== undefined || !errors) {
                failures = 0;
                if (typeof told?.cursor === 'string') cursor = told.cursor;
                const isWord = data === undefined && errors === undefined;
                return sink.next({
                  cursor: typeof told?.cursor === 'string' ? told.cursor : undefined,
                  value: isWord ? undefined : result,
                });
              }
              // Errors without data are not an event: the subgraph says that it will not subscribe.
              release();
              fail(errors);
            },
            complete: () => {
              if (attempt === attempts && leave()) sink.complete();
            },
            error: (failure) => {
              if (attempt === attempts) fail(failure);
            },
          },
        );
      };
      begin();
      return () => {
        if (!leave()) return;
        clearTimeout(again);
        release();
      };
    },
    follow() {
      for (const { service, client, address } of connections.values())
        if (address() !== '' && !config.isAddressOf(service, address())) client.terminate();
    },
    async stop() {
      const open = [...connections.values()];
      connections.clear();
      await Promise.all(open.map(({ client }) => client.dispose()));
    },
  };
}

function upstreamError(service: string, failure: unknown): GraphQLError {
  if (Array.isArray(failure) && failure.length > 0) return subgraphError(failure[0] as GraphQLFormattedError, service);
  return new GraphQLError(`The service "${service}" ended the subscription`, {
    originalError: failure instanceof Error ? failure : null,
    extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED', serviceName: service },
  });
}

/** The client of graphql-ws gives up after some close codes, e.g. that of an internal error, which are no reason to send our clients away. */
function isLostConnection(failure: unknown): boolean {
  const code = closeCode(failure);
  return code !== undefined && code !== refusedCode;
}

function hasCode(failure: unknown, code: ErrorCode): boolean {
  return Array.isArray(failure) && (failure as GraphQLFormattedError[]).some(({ extensions }) => extensions?.code === code);
}

function closeCode(event: unknown): number | undefined {
  return typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number' ? event.code : undefined;
}
