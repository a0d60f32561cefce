import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { GatewayError } from './failure.ts';

const requestTimeoutMs = 15_000;
const firstConnectAttempts = 3;

export interface GatewayClient {
  /** Runs a query or mutation. @throws GatewayError with the gateway's own words, every fault on a line of its own. */
  request<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Events until the gateway ends the subscription or `signal` aborts; goes on by itself after a lost connection. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal; onSubscribed?: () => void },
  ): AsyncIterableIterator<Data>;
  /** Called at each change of the live connection. */
  onFeed(listener: (state: 'live' | 'reconnecting') => void): void;
  close(): Promise<void>;
}

export interface GatewayAddress {
  readonly url: URL;
  readonly key: string | undefined;
}

export function createGatewayClient({ url, key }: GatewayAddress): GatewayClient {
  const endpoint = new URL('/graphql', url);
  const listeners = new Set<(state: 'live' | 'reconnecting') => void>();
  let wasLive = false;
  let failedFirstConnects = 0;
  let socket: Client | undefined;

  const live = () => {
    socket ??= createClient({
      url: endpoint.href.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: key ? { apiKey: key } : {},
      keepAlive: 10_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: async (retries) => {
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** retries, 5_000) * (0.5 + Math.random() / 2)));
      },
      // A gateway that was there comes back; one that never was is told of after a few tries.
      shouldRetry: () => wasLive || ++failedFirstConnects < firstConnectAttempts,
      on: {
        connected: () => {
          wasLive = true;
          for (const listener of listeners) listener('live');
        },
        closed: (event) => {
          const { code = 1006 } = event as { code?: number };
          if (wasLive && code !== 1000) for (const listener of listeners) listener('reconnecting');
        },
      },
    });
    return socket;
  };

  return {
    async request(document, variables) {
      const response = await post(endpoint, key, { query: print(document), variables });
      const text = await response.text();
      let body: { data?: unknown; errors?: GraphQLFormattedError[]; detail?: unknown };
      try {
        body = JSON.parse(text);
      } catch (cause) {
        throw new GatewayError(`${endpoint.origin} answered ${response.status}, and not as a Comptoir gateway does`, { cause });
      }
      if (body.errors?.length) throw refusal(body.errors);
      if (!response.ok || !body.data)
        throw new GatewayError(`${endpoint.origin} answered ${response.status}: ${JSON.stringify(body.detail ?? body)}`);
      return body.data as never;
    },

    async *subscribe(document, variables, { signal, onSubscribed } = {}) {
      const events = live().iterate<never>({ query: print(document), variables });
      const stop = () => void events.return?.();
      signal?.addEventListener('abort', stop, { once: true });
      onSubscribed?.();
      try {
        for await (const { data, errors } of events) {
          if (errors?.length) throw refusal(errors as GraphQLFormattedError[]);
          if (data) yield data;
        }
      } catch (error) {
        throw subscriptionFailure(error, endpoint);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },

    onFeed: (listener) => void listeners.add(listener),
    async close() {
      try {
        await socket?.dispose();
      } catch (error) {
        // A socket that was still on its way rejects with its close event: there is nothing left to close.
        if (error instanceof Error) throw error;
      }
    },
  };
}

async function post(endpoint: URL, key: string | undefined, body: object): Promise<Response> {
  try {
    return await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { 'x-api-key': key } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  } catch (cause) {
    throw new GatewayError(`No gateway answers at ${endpoint.origin}`, {
      hint: 'Start it with npm start, or name another one with --url. comptoir doctor tells more.',
      cause,
    });
  }
}

function refusal(errors: readonly GraphQLFormattedError[]): GatewayError {
  const lines = errors.flatMap(({ message, extensions }) => {
    const faults = (extensions?.faults ?? []) as { path: (string | number)[]; message: string }[];
    return faults.length > 0 ? faults.map((fault) => `${fault.path.join('.')}: ${fault.message}`) : [message];
  });
  const code = errors[0]?.extensions?.code;
  const hint = code === 'UNAUTHENTICATED' ? 'Give a valid key with --key or COMPTOIR_API_KEY.' : undefined;
  return new GatewayError(lines.join('\n  '), { hint });
}

function subscriptionFailure(error: unknown, endpoint: URL): GatewayError {
  if (error instanceof GatewayError) return error;
  if (Array.isArray(error)) return refusal(error);
  const { code, reason } = error as { code?: number; reason?: string };
  if (code === 4403) return new GatewayError('The gateway refused the key', { hint: 'Give a valid key with --key or COMPTOIR_API_KEY.' });
  return new GatewayError(`No live connection to ${endpoint.host}${reason ? `: ${reason}` : ''}`, {
    hint: 'comptoir doctor tells which part is missing.',
    cause: error,
  });
}
