import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { Credential } from './credential.ts';
import { GatewayError } from './failure.ts';
import { refusal, refusedCredential, requestGraph } from './graph-request.ts';
import { codeOf, type FeedState, type LiveSocket, openLiveSocket } from './live-socket.ts';
import { resumed } from './resuming.ts';

/** `missed`: the connection was away for so long that the gateway does not know any more what came meanwhile. */
export type Feed = FeedState | 'missed';

export interface GatewayClient {
  /** Runs a query or mutation. @throws GatewayError with the gateway's own words, every fault on a line of its own. */
  request<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Events until the gateway ends the subscription or `signal` aborts; goes on by itself after a lost connection, with what came meanwhile. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): AsyncIterableIterator<Data>;
  /** Called at each change of the live connection. */
  onFeed(listener: (state: Feed) => void): void;
  close(): Promise<void>;
}

export interface GatewayAddress {
  readonly url: URL;
  readonly credential: Credential;
}

export function createGatewayClient({ url, credential }: GatewayAddress): GatewayClient {
  const endpoint = new URL('/graphql', url);
  const listeners = new Set<(state: Feed) => void>();
  const tell = (state: Feed) => {
    for (const listener of listeners) listener(state);
  };
  let socket: LiveSocket | undefined;

  return {
    async request(document, variables) {
      const shown = await credential.current();
      try {
        return await requestGraph(endpoint, document, variables, shown);
      } catch (error) {
        // It may have ended before this machine's clock says so; nothing was done.
        if (!(error instanceof GatewayError) || error.code !== 'UNAUTHENTICATED') throw error;
        const next = await credential.next(shown);
        if (next === undefined) throw error;
        return await requestGraph(endpoint, document, variables, next);
      }
    },

    async *subscribe(document, variables, { signal } = {}) {
      socket ??= openLiveSocket(endpoint, credential, tell);
      const { client, refusal: refused } = socket;
      try {
        const payload = { query: print(document), variables };
        for await (const { data, errors } of resumed(client, payload, { signal, onMissed: () => tell('missed') })) {
          if (errors?.length) throw refusal(errors);
          if (data) yield data as never;
        }
      } catch (error) {
        throw refused() ?? subscriptionFailure(error, endpoint, credential);
      }
    },

    onFeed: (listener) => void listeners.add(listener),
    close: async () => socket?.close(),
  };
}

function subscriptionFailure(error: unknown, endpoint: URL, { kind }: Credential): GatewayError {
  if (error instanceof GatewayError) return error;
  if (Array.isArray(error)) return refusal(error);
  if (codeOf(error) === 4403) return refusedCredential(kind === 'login' ? 'login' : 'key');
  const { reason } = error as { reason?: string };
  return new GatewayError(`No live connection to ${endpoint.host}${reason ? `: ${reason}` : ''}`, {
    hint: 'comptoir doctor tells which part is missing.',
    cause: error,
  });
}
