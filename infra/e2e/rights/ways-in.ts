import { type Principal, principalHeader, type Role, signPrincipal } from '@comptoir/platform/principal.ts';
import type { SubgraphName } from '@comptoir/schema/sdl.ts';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ask, type GraphAnswer } from '../graph.ts';
import type { ExampleOperation } from './example-operation.ts';
import { keyOf, type LiveSystem, secret } from './live-system.ts';

export interface Asker {
  readonly role: Role;
  readonly stores?: readonly string[] | null;
}

/** A way to ask in somebody's name: through the gateway, or at the subgraph itself with what the gateway would sign. */
export interface WayIn {
  ask(operation: ExampleOperation, asker: Asker, service: SubgraphName): Promise<GraphAnswer>;
  client(asker: Asker, service: SubgraphName): Client;
}

export const principalOf = ({ role, stores = null }: Asker): Principal => ({ consumerId: role, name: role, roles: [role], stores });

export function throughGateway({ gateway }: LiveSystem): WayIn {
  return {
    ask: ({ query, variables }, { role, stores }) => ask(gateway.url(), query, variables, keyOf(role, stores)),
    client: ({ role, stores }) => connect(`${gateway.url()}/graphql`, { apiKey: keyOf(role, stores) }),
  };
}

export function atSubgraph({ urls }: LiveSystem): WayIn {
  return {
    ask: (operation, asker, service) =>
      askSubgraph(urls[service], operation, { [principalHeader]: signPrincipal(principalOf(asker), secret) }),
    client: (asker, service) => connect(urls[service], { principal: signPrincipal(principalOf(asker), secret) }),
  };
}

export async function askSubgraph(url: string, operation: object, headers: Record<string, string>): Promise<GraphAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer>;
  return { status: response.status, data, errors };
}

function connect(url: string, connectionParams: Record<string, unknown>): Client {
  return createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
  });
}

export const isForbidden = ({ errors }: Pick<GraphAnswer, 'errors'>) => errors.some(({ extensions }) => extensions.code === 'FORBIDDEN');

export interface Listening extends AsyncDisposable {
  /** The first that comes of it: that it has begun, an event, or what is wrong. */
  readonly first: Promise<Pick<GraphAnswer, 'errors'>>;
  /** The data of the events so far, or the errors of those that have some. */
  // biome-ignore lint/suspicious/noExplicitAny: events are checked by the tests that subscribe
  readonly events: any[];
}

/** Subscribes, and asks to be told when it has begun (`extensions.cursor`), so that nobody has to wait for nothing to come. */
export function listen(client: Client, operation: ExampleOperation): Listening {
  const { promise: first, resolve } = Promise.withResolvers<Pick<GraphAnswer, 'errors'>>();
  const events: unknown[] = [];
  client.subscribe(
    { ...operation, extensions: { cursor: null } },
    {
      next({ data, errors }) {
        if (errors) events.push({ errors });
        else if (data) events.push(data);
        resolve({ errors: (errors ?? []) as unknown as GraphAnswer['errors'] });
      },
      error: (error) => resolve({ errors: Array.isArray(error) ? error : [] }),
      complete: () => resolve({ errors: [] }),
    },
  );
  return { first, events, [Symbol.asyncDispose]: async () => void (await client.dispose()) };
}
