import { type Principal, principalHeader, signPrincipal } from '@comptoir/platform/principal.ts';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export const testSecret = 'a secret of the tests';
export const manager: Principal = { consumerId: 'demo-manager', name: 'Ada', roles: ['MANAGER'], stores: null };

// biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for
export type Data = any;

export interface GraphAnswer {
  readonly data?: Data;
  readonly errors?: readonly { message: string; extensions: { code: string; faults?: { path: (string | number)[]; message: string }[] } }[];
}

/** Asks a subgraph as the gateway does, in the principal's name. */
export async function ask(url: string, query: string, variables: object = {}, principal: Principal = manager): Promise<GraphAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(principal, testSecret) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(20_000),
  });
  return (await response.json()) as GraphAnswer;
}

/** The data; throws where there are errors. */
export async function askData(url: string, query: string, variables: object = {}, principal: Principal = manager): Promise<Data> {
  const answer = await ask(url, query, variables, principal);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

export interface Listener extends AsyncDisposable {
  /** The data of each event so far. */
  readonly events: Data[];
  /** Resolves when the subscription completes; rejects when it fails. */
  readonly ended: Promise<void>;
}

/** Subscribes at a subgraph as the gateway does. */
export function listen(url: string, query: string, variables: Record<string, unknown> = {}): Listener {
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: () => ({ principal: signPrincipal(manager, testSecret) }),
  });
  const events: Data[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe<Data>(
      { query, variables },
      {
        next: ({ data, errors }) => (errors ? reject(new Error(JSON.stringify(errors))) : void events.push(data)),
        error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
        complete: resolve,
      },
    );
  });
  ended.catch(() => undefined);
  return {
    events,
    ended,
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}
