import { createClient as createSseClient, type RequestParams } from 'graphql-sse';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

export const adminKey = 'admin-key-12345';
export const frontendKey = 'frontend-key-67890';
export const facadeKey = 'secret_key_123';

export interface GraphAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that ask
  readonly data: any;
  readonly errors: { message: string; extensions: { code: string; faults?: { path: (string | number)[]; message: string }[] } }[];
}

/** Asks the gateway over HTTP. */
export async function ask(url: string, query: string, variables: object = {}, key = adminKey): Promise<GraphAnswer> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer>;
  return { status: response.status, data, errors };
}

export interface LiveFeed extends AsyncDisposable {
  /** What came so far, in order. */
  // biome-ignore lint/suspicious/noExplicitAny: events are checked by the tests that subscribe
  readonly events: any[];
  /** Settles when so many events have come. */
  arrived(count: number): Promise<void>;
  /** Settles when the gateway ended the subscription. */
  readonly ended: Promise<void>;
}

function createFeed() {
  const events: unknown[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  return {
    events,
    take(event: unknown): void {
      events.push(event);
      for (const { count, resolve } of waiting) if (events.length >= count) resolve();
      waiting = waiting.filter(({ count }) => events.length < count);
    },
    arrived: (count: number) => new Promise<void>((resolve) => (events.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
}

/** Subscribes over a WebSocket with the plain graphql-ws client, which comes back by itself when the connection is lost. */
export function listen(url: string, payload: SubscribePayload, key = adminKey): LiveFeed {
  const client = createClient({
    url: new URL('/graphql', url).href.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { apiKey: key },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
  });
  const { take, ...feed } = createFeed();
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe(payload, {
      next: ({ data, errors }) => take(errors ? { data, errors } : data),
      error: reject,
      complete: resolve,
    });
  });
  return { ...feed, ended, [Symbol.asyncDispose]: async () => void (await client.dispose()) };
}

/** The same over server-sent events, with the plain graphql-sse client. */
export function listenBySse(url: string, payload: RequestParams, key = adminKey): LiveFeed {
  const client = createSseClient({ url: new URL('/graphql', url).href, headers: { 'x-api-key': key } });
  const { take, ...feed } = createFeed();
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe(payload, {
      next: ({ data, errors }) => take(errors ? { data, errors } : data),
      error: reject,
      complete: resolve,
    });
  });
  return { ...feed, ended, [Symbol.asyncDispose]: async () => client.dispose() };
}

/** Sum over the labels of one of the gateway's metrics. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
