import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createPrincipalVerifier, type Principal, principalHeader } from '@comptoir/platform/principal.ts';
import { execute, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export const testSecret = 'a secret that only tests know';
const verify = createPrincipalVerifier(testSecret);

export interface TestRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly principal: Principal | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A small, real subgraph on a port of its own: GraphQL over HTTP and graphql-transport-ws. */
export interface TestSubgraph extends AsyncDisposable {
  readonly name: string;
  readonly typeDefs: string;
  url(): string;
  /** What was asked over HTTP, in order. */
  readonly requests: TestRequest[];
  /** Subscriptions begun so far, with what they asked. */
  readonly subscriptions: TestRequest[];
  /** Subscriptions open now. */
  active(): number;
  /** Cuts every connection and stops listening. */
  kill(): Promise<void>;
  /** Closes every WebSocket with this code. */
  closeSockets(code: number): void;
  /** Listens again on the same port. */
  restart(): Promise<void>;
}

export async function startTestSubgraph({
  name,
  typeDefs,
  resolvers,
}: {
  name: string;
  typeDefs: string;
  resolvers: object;
}): Promise<TestSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]);
  const requests: TestRequest[] = [];
  const subscriptions: TestRequest[] = [];
  let active = 0;
  let port = 0;
  let server: Server;
  let sockets: WebSocketServer;

  async function listen(): Promise<void> {
    server = createServer((request, response) => {
      // A subgraph of somebody else: it knows its one address.
      if (request.method !== 'POST') return void response.writeHead(404).end();
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', async () => {
        const principal = verify(request.headers[principalHeader]);
        const { query, variables = {}, operationName } = JSON.parse(body);
        requests.push({ query, variables, principal, headers: request.headers });
        const contextValue = { principal };
        const result = principal
          ? await execute({ schema, document: parse(query), variableValues: variables, operationName, contextValue })
          : { errors: [{ message: 'not signed' }] };
        response.writeHead(principal ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(result));
      });
    });
    sockets = new WebSocketServer({ server, path: '/graphql' });
    useServer(
      {
        schema,
        onConnect: ({ connectionParams }) => verify(connectionParams?.principal) !== null,
        context: ({ connectionParams }) => ({ principal: verify(connectionParams?.principal) }),
        async subscribe(args) {
          const { principal } = args.contextValue as { principal: Principal };
          subscriptions.push({
            query: args.document.loc?.source.body ?? '',
            variables: { ...args.variableValues },
            principal,
            headers: {},
          });
          const result = await subscribe(args);
          if (Symbol.asyncIterator in result) {
            active++;
            const end = result.return.bind(result);
            let ended = false;
            const once = () => {
              if (!ended) active--;
              ended = true;
            };
            const next = result.next.bind(result);
            result.next = async () => {
              const step = await next().catch((error: unknown) => {
                once();
                throw error;
              });
              if (step.done) once();
              return step;
            };
            result.return = async (value) => {
              once();
              return end(value);
            };
          }
          return result;
        },
      },
      sockets,
    );
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  }

  async function kill(): Promise<void> {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  await listen();
  return {
    name,
    typeDefs,
    url: () => `http://127.0.0.1:${port}/graphql`,
    requests,
    subscriptions,
    active: () => active,
    kill,
    closeSockets(code) {
      for (const socket of sockets.clients) socket.close(code);
    },
    restart: listen,
    async [Symbol.asyncDispose]() {
      if (server.listening) await kill();
    },
  };
}
