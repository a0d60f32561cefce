import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Principal, principalHeader, signPrincipal } from '../principal.ts';

export const testSecret = 'a secret of the tests';

// biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for
export type Data = any;

export interface GraphAnswer {
  readonly data?: Data;
  readonly errors?: readonly {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; faults?: { path: (string | number)[]; message: string }[] };
  }[];
}

export interface Listener extends AsyncDisposable {
  /** What arrived so far: the data of each event. */
  readonly events: Data[];
  /** Resolves when the subscription completes; rejects when it fails. */
  readonly ended: Promise<void>;
  /** Resolves once the event that fits has arrived. */
  waitFor(fits: (event: Data) => boolean): Promise<Data>;
}

/** Asks subgraphs as the gateway does, in the name of `caller` unless another principal is given. */
export function askAs(caller: Principal) {
  return {
    ask: (url: string, query: string, variables: object = {}, principal = caller) => ask(url, query, variables, principal),
    /** The data; throws where there are errors. */
    askData: (url: string, query: string, variables: object = {}, principal = caller) => askData(url, query, variables, principal),
    /** Subscribes. */
    listen: (url: string, query: string, variables: Record<string, unknown> = {}, principal = caller) =>
      listen(url, query, variables, principal),
  };
}

async function ask(url: string, query: string, variables: object, principal: Principal): Promise<GraphAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(principal, testSecret) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(20_000),
  });
  return (await response.json()) as GraphAnswer;
}

async function askData(url: string, query: string, variables: object, principal: Principal): Promise<Data> {
  const answer = await ask(url, query, variables, principal);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

function listen(url: string, query: string, variables: Record<string, unknown>, principal: Principal): Listener {
  const client: Client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: () => ({ principal: signPrincipal(principal, testSecret) }),
  });
  const events: Data[] = [];
  const watchers = new Set<(event: Data) => void>();
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe<Data>(
      { query, variables },
      {
        next({ data, errors }) {
          if (errors) return reject(new Error(JSON.stringify(errors)));
          events.push(data);
          for (const watcher of watchers) watcher(data);
        },
        error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
        complete: resolve,
      },
    );
  });
  ended.catch(() => undefined);
  return {
    events,
    ended,
    waitFor(fits) {
      const found = events.find(fits);
      if (found) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const watcher = (event: Data) => {
          if (!fits(event)) return;
          watchers.delete(watcher);
          resolve(event);
        };
        watchers.add(watcher);
        ended.then(() => reject(new Error('the subscription ended before')), reject);
      });
    },
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}
