import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from './connection.ts';
import { account, product } from './handshake.ts';
import { type Answer, findRoute } from './management-routes.ts';
import type { Vhosts } from './vhosts.ts';

const maxBodyBytes = 64 * 1024;

export interface ManagementDeps {
  readonly vhosts: Vhosts;
  readonly connections: ReadonlySet<Connection>;
}

export interface Management {
  start(): Promise<void>;
  stop(): Promise<void>;
  port(): number;
}

/** The few routes of RabbitMQ's management API that Comptoir and its tests use, in RabbitMQ's shapes. */
export function createManagement({ host, port }: { host: string; port: number }, deps: ManagementDeps): Management {
  const server = createServer((request, response) => {
    answer(request, deps).then(
      (result) => send(response, result),
      (error: unknown) => send(response, badRequest(error)),
    );
  });

  return {
    async start() {
      server.listen(port, host);
      await once(server, 'listening');
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    port() {
      const address = server.address() as AddressInfo | null;
      if (!address) throw new Error('the management API is not listening');
      return address.port;
    },
  };
}

async function answer(request: IncomingMessage, deps: ManagementDeps): Promise<Answer> {
  if (!isAuthorized(request)) return { status: 401, body: { error: 'not_authorized', reason: 'Login failed' } };
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const segments = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const route = findRoute(request.method ?? 'GET', segments);
  if (!route) return { status: 404, body: { error: 'Object Not Found', reason: 'Not Found' } };
  return route({ deps, body: await readBody(request), reason: String(request.headers['x-reason'] ?? '') });
}

function isAuthorized({ headers }: IncomingMessage): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`a body of more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return bytes === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

function badRequest(error: unknown): Answer {
  return { status: 400, body: { error: 'bad_request', reason: error instanceof Error ? error.message : String(error) } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const headers = { server: product, ...(status === 401 ? { 'www-authenticate': `Basic realm="${product}"` } : {}) };
  if (body === undefined) response.writeHead(status, headers).end();
  else response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
