import { type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CommonHeaders } from './common-headers.ts';
import { type Incoming, requestId } from './incoming.ts';

/** A request for a WebSocket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind its head. */
  readonly head: Buffer;
  /** Answers as every refusal is answered, and ends the connection. */
  refuse(status: number, headers?: Readonly<Record<string, string>>): void;
}

export type UpgradeTaker = (upgrade: Upgrade) => void;

export interface Upgrades {
  /** For Node, which asks it before it lets go of a connection. One older than 22.21 does not ask; what nobody takes is refused there. */
  isTaken(request: IncomingMessage): boolean;
  add(path: string, take: UpgradeTaker): void;
}

/**
 * Who takes connections over, by path. A wish for another protocol, such as many clients have for HTTP/2 at their first request, is passed over: the request is answered as if it had
 * none.
 */
export function createUpgrades(server: () => Server, headers: CommonHeaders): Upgrades {
  const takers = new Map<string, UpgradeTaker>();

  const takerOf = ({ url = '/', headers: { upgrade } }: IncomingMessage) =>
    upgrade?.toLowerCase() === 'websocket' ? takers.get(pathOf(url)) : undefined;

  function refuse(request: Incoming, socket: Duplex, status: number, more: Readonly<Record<string, string>>): void {
    request.begunAt = performance.now();
    requestId(request);
    const response = new ServerResponse(request);
    response.assignSocket(socket as Socket);
    headers.putOn(response);
    response.once('finish', () => socket.end());
    response
      .writeHead(status, { connection: 'close', 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...more })
      .end(JSON.stringify({ detail: STATUS_CODES[status] }));
  }

  function take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const upgrade: Upgrade = { request, socket, head, refuse: (status, more = {}) => refuse(request, socket, status, more) };
    const taker = takerOf(request);
    if (taker) taker(upgrade);
    else upgrade.refuse(404);
  }

  return {
    isTaken: (request) => takerOf(request) !== undefined,
    add(path, taker) {
      if (takers.size === 0) server().on('upgrade', take);
      takers.set(path, taker);
    },
  };
}

/** Without the query and without a slash at the end. */
function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
