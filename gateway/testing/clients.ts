import { createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestShop } from './shop.ts';

export interface SubscribeOptions {
  readonly variables?: Record<string, unknown>;
  readonly key?: string | null;
  readonly operationName?: string;
}

/** What a client got of one subscription. */
export interface Received extends Disposable {
  // biome-ignore lint/suspicious/noExplicitAny: tests know what they asked for.
  readonly results: ExecutionResult<any>[];
  /** How it ended: `complete`, or the error. */
  readonly ended: Promise<unknown>;
  readonly state: { over: boolean; error?: unknown };
  stop(): void;
}

function collect(
  start: (sink: { next(result: ExecutionResult): void; error(error: unknown): void; complete(): void }) => () => void,
): Received {
  const results: ExecutionResult[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<unknown>();
  const state: Received['state'] = { over: false };
  const finish = (error?: unknown) => {
    state.over = true;
    if (error !== undefined) state.error = error;
    resolve(error ?? 'complete');
  };
  const stop = start({ next: (result) => results.push(result), error: finish, complete: () => finish() });
  return { results, ended, state, stop, [Symbol.dispose]: stop };
}

/** One graphql-ws client with a socket of its own. */
export function wsClient(shop: Pick<TestShop, 'wsUrl'>, { key = 'admin-key' }: { key?: string | null } = {}): Client & Disposable {
  const client = createClient({
    url: shop.wsUrl(),
    webSocketImpl: WebSocket,
    connectionParams: key === null ? {} : { apiKey: key },
    retryAttempts: 0,
    lazyCloseTimeout: 0,
  });
  return Object.assign(client, { [Symbol.dispose]: () => void client.dispose() });
}

export function subscribeOn(client: Client, query: string, { variables, operationName }: SubscribeOptions = {}): Received {
  return collect((sink) => client.subscribe({ query, variables, operationName }, sink as never));
}

/** A graphql-ws client with one subscription. */
export function overWebSocket(shop: TestShop, query: string, options: SubscribeOptions = {}): Received {
  const client = wsClient(shop, options);
  const received = subscribeOn(client, query, options);
  const stop = () => {
    received.stop();
    void client.dispose();
  };
  return { ...received, stop, [Symbol.dispose]: stop };
}

/** A graphql-sse client with one subscription, on a connection of its own or on the single one of its mode. */
export function overSse(
  shop: TestShop,
  query: string,
  { key = 'admin-key', variables, single = false }: SubscribeOptions & { single?: boolean } = {},
): Received {
  const client = createSseClient({
    url: `${shop.url()}/graphql${single ? '/stream' : ''}`,
    singleConnection: single as false,
    headers: key === null ? {} : { 'x-api-key': key },
    retryAttempts: 0,
  });
  const received = collect((sink) => client.subscribe({ query, variables }, sink as never));
  const stop = () => {
    received.stop();
    client.dispose();
  };
  return { ...received, stop, [Symbol.dispose]: stop };
}

/** A GraphQL request over HTTP. */
export async function post(
  shop: Pick<TestShop, 'url'>,
  body: object | string,
  headers: Record<string, string> = { 'x-api-key': 'admin-key' },
) {
  const response = await fetch(`${shop.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests know what they asked for.
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

/** Several clients that are stopped together. */
export function together(clients: Received[]): Received[] & Disposable {
  return Object.assign(clients, {
    [Symbol.dispose]() {
      for (const client of clients) client.stop();
    },
  });
}
