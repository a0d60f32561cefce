import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, ServerError } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { createFeedStore, type FeedStore } from '../feed/store.ts';
import { headersOf, keyOf } from '../session/credential.ts';
import type { Renewal } from '../session/renewal.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { resuming } from './resuming.ts';

/** The way to the graph for one person or program: queries over HTTP, subscriptions over one WebSocket. */
export interface Connection {
  readonly client: ApolloClient;
  readonly feed: FeedStore;
  readonly allowance: Allowance;
  /** Who asks, for what is asked of the gateway beside the graph. */
  headers(): Record<string, string>;
  stop(): void;
}

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;
const longestRetryMs = 5_000;
const heardEveryMs = 1_000;
/** What the gateway closes a socket with where who asks is not, or no longer, accepted. */
const refusals = [4401, 4403];

/** @param onRefused called when the server does not accept who asks, over HTTP or the socket, and there is nothing else to show it. */
export function createConnection(renewal: Renewal, onRefused: () => void): Connection {
  const feed = createFeedStore();
  const headers = () => headersOf(renewal.current());
  const isStaff = () => renewal.current().kind === 'staff';
  const socket = openSocket(renewal, feed, onRefused);
  const allowance = createAllowance();
  const http = new HttpLink({
    uri: '/graphql',
    fetch: async (address, options) => {
      const response = await fetch(address, options);
      allowance.note(response.headers);
      return response;
    },
  });
  const signed = new SetContextLink(() => ({ headers: headers() }));
  const refusal = new ErrorLink(({ error }) => {
    if (!isRefusal(error)) return;
    // Where the session is over, the renewal says so; where not, the next request is taken.
    if (isStaff()) void renewal.renew();
    else onRefused();
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(resuming(socket)),
      ApolloLink.from([refusal, signed, http]),
    ),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  });
  return {
    client,
    feed,
    allowance,
    headers,
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

function openSocket(renewal: Renewal, feed: FeedStore, onRefused: () => void) {
  let open: WebSocket | null = null;
  let refused = false;
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  let lastHeard = 0;
  const heard = () => {
    const at = Date.now();
    if (at - lastHeard < heardEveryMs) return;
    lastHeard = at;
    feed.tell({ type: 'heard', at });
  };
  /** A key that is refused is refused for good; an access token may only have come to its end. */
  const isOver = (cause: unknown) => isRefusedClose(cause) && renewal.current().kind !== 'staff';
  // The connection goes on with the next access token, which it is told of before the last one ends.
  renewal.onRenewed((accessToken) => {
    if (open?.readyState === WebSocket.OPEN) open.send(JSON.stringify({ type: 'ping', payload: { accessToken } }));
  });
  return createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    async connectionParams() {
      if (refused) await renewal.renew();
      const key = keyOf(renewal.current());
      return key === null ? {} : { apiKey: key };
    },
    lazy: false,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (cause) => !isOver(cause),
    retryWait: waitBeforeRetry,
    onNonLazyError: (cause) => {
      if (isOver(cause)) onRefused();
      feed.tell({ type: 'closed', at: Date.now() });
    },
    on: {
      connected: (socket) => {
        refused = false;
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
        refused = isRefusedClose(cause);
        feed.tell({ type: 'closed', at: Date.now() });
        if (isOver(cause)) onRefused();
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
