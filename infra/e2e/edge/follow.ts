import { createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface Follower extends AsyncDisposable {
  /** What came so far, in order. */
  readonly seen: readonly string[];
  /** Settles when the subscription stands: the gateway has acknowledged the connection and taken the subscription. */
  readonly begun: Promise<void>;
  /** How often it was connected. */
  connections(): number;
}

/**
 * A subscriber as the documentation tells it to be: it keeps the newest cursor and comes back with it, whatever ended its connection.
 * @param idOf what tells one event from the others.
 */
export function follow(
  url: string,
  key: string,
  operation: { query: string; variables?: Record<string, unknown> },
  // biome-ignore lint/suspicious/noExplicitAny: the data is the operation's
  idOf: (data: any) => string,
): Follower {
  const seen: string[] = [];
  let connections = 0;
  const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
  const client = createClient({
    url: new URL('/graphql', url).href.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { apiKey: key },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => new Promise((done) => setTimeout(done, 50 + Math.random() * 100)),
    on: {
      connected: () => void connections++,
      // The gateway reads messages in their order: who has its pong has its subscription.
      pong: (received) => received && resolve(),
    },
    keepAlive: 200,
  });
  // Sent again as it is by then, whenever the client has to connect anew.
  const payload: SubscribePayload & { extensions: Record<string, unknown> } = { ...operation, extensions: {} };
  client.subscribe(payload, {
    next({ data, errors, extensions }) {
      if (errors) return reject(new Error(JSON.stringify(errors)));
      seen.push(idOf(data));
      payload.extensions.cursor = extensions?.cursor;
    },
    error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
    complete: () => undefined,
  });
  return { seen, begun, connections: () => connections, [Symbol.asyncDispose]: async () => void (await client.dispose()) };
}
