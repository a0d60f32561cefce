import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, ServerError } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { createFeedStore, type FeedStore } from '../feed/store.ts';

/** The way to the graph for one key: queries over HTTP, subscriptions over one WebSocket. */
export interface Connection {
  readonly client: ApolloClient;
  readonly feed: FeedStore;
  stop(): void;
}

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;
const longestRetryMs = 5_000;
const heardEveryMs = 1_000;
/** What the gateway closes a socket with where the key is not, or no longer, accepted. */
const refusals = [4401, 4403];

/** @param onRefused called when the server does not accept the key, over HTTP or the socket. */
export function createConnection(key: string | null, onRefused: () => void): Connection {
  const feed = createFeedStore();
  const socket = openSocket(key, feed, onRefused);
  const http = new HttpLink({ uri: '/graphql', headers: key === null ? {} : { 'X-API-Key': key } });
  const refusal = new ErrorLink(({ error }) => {
    if (isRefusal(error)) onRefused();
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      ApolloLink.from([refusal, http]),
    ),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  });
  return {
    client,
    feed,
    stop: () => {
      feed.stop();
      client.stop();
      void socket.dispose();
    },
  };
}

export function isRefusal(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
}

function openSocket(key: string | null, feed: FeedStore, onRefused: () => void) {
  let open: WebSocket | null = null;
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  let lastHeard = 0;
  const heard = () => {
    const at = Date.now();
    if (at - lastHeard < heardEveryMs) return;
    lastHeard = at;
    feed.tell({ type: 'heard', at });
  };
  return createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: key === null ? {} : { apiKey: key },
    lazy: false,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (cause) => !isRefusedClose(cause),
    retryWait: waitBeforeRetry,
    onNonLazyError: (cause) => {
      if (isRefusedClose(cause)) onRefused();
      feed.tell({ type: 'closed', at: Date.now() });
    },
    on: {
      connected: (socket) => {
        open = socket as WebSocket;
        feed.tell({ type: 'connected', at: Date.now() });
      },
      message: heard,
      ping: (received) => {
        if (received) return;
        pongDue = setTimeout(() => open?.close(4499, 'no answer to a ping'), pongWithinMs);
      },
      pong: () => {
        clearTimeout(pongDue);
        heard();
      },
      closed: (cause) => {
        clearTimeout(pongDue);
        open = null;
        feed.tell({ type: 'closed', at: Date.now() });
        if (isRefusedClose(cause)) onRefused();
      },
    },
  });
}

function isRefusedClose(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && refusals.includes(cause.code as number);
}

/** Growing, jittered, never long, and at once when the network comes back. */
function waitBeforeRetry(retries: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const growing = Math.min(longestRetryMs, 250 * 2 ** Math.min(retries, 6));
  const timer = setTimeout(resolve, growing * (0.6 + Math.random() * 0.4));
  window.addEventListener('online', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
