import { createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface Follower extends AsyncDisposable {
  /** What came so far, in order. */
  readonly seen: readonly string[];
  /** Settles when the subscription stands, down to the subgraph. */
  readonly begun: Promise<void>;
  /** How often it was connected. */
  connections(): number;
  /** What the gateway refused it with, or ended it with, in the end; null while it goes on. */
  failure(): string | null;
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
  let failure: string | null = null;
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
    },
  });
  // Sent again as it is by then, whenever the client has to connect anew. Null asks for a cursor before the first event, which says that the subscription stands.
  const extensions: Record<string, unknown> = { cursor: null };
  const payload: SubscribePayload = { ...operation, extensions };
  const fail = (cause: unknown) => {
    const { code, reason } = cause as { code?: number; reason?: string };
    failure = cause instanceof Error ? String(cause) : code ? `closed with ${code} ${reason}` : JSON.stringify(cause);
    reject(new Error(failure));
  };
  client.subscribe(payload, {
    next({ data, errors, extensions: told }) {
      if (errors) return fail(errors);
      const { cursor } = told as { cursor: string };
      extensions.cursor = cursor;
      resolve();
      if (data) seen.push(idOf(data));
    },
    error: fail,
    complete: () => fail('complete'),
  });
  return {
    seen,
    begun,
    connections: () => connections,
    failure: () => failure,
    [Symbol.asyncDispose]: async () => void (await client.dispose()),
  };
}
