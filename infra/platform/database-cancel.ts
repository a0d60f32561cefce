import { connect } from 'node:net';
import type { PoolClient } from 'pg';

const timeoutMs = 2_000;
const cancelRequestCode = 80_877_102;

/** What pg knows of its connection and does not declare. */
interface Session {
  readonly host: string;
  readonly port: number;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/**
 * Asks the server to give up the statement that this client waits for (protocol: CancelRequest, on a connection of its own). Resolves once the server has taken
 * the request or cannot be had: until then the client must run nothing else, which might be what is given up.
 */
export function cancelStatement(client: PoolClient): Promise<void> {
  const { host, port, processID, secretKey } = client as unknown as Session;
  if (processID === null || secretKey === null) return Promise.resolve();
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(cancelRequestCode, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.on('connect', () => socket.write(request));
    // The server answers by closing. Where it cannot be reached its own statement_timeout has to do.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}
