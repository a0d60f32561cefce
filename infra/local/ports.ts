import net from 'node:net';
import { holdPort, releasePort } from './port-claims.ts';

/** Whether nothing listens on the port, neither on `host` nor where else the name localhost may lead. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await canListen(port, host)) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.unref();
    // A machine without IPv6 has nothing there that could be in the way.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

const triesPerPort = 200;

/** The first free port from `preferred` upwards that is not in `taken` and no other run is about to use; it is added there, and ours until this process ends. */
export async function claimPort(preferred: number, taken: Set<number>, host?: string): Promise<number> {
  for (let port = preferred; port < Math.min(preferred + triesPerPort, 65_536); port++) {
    if (taken.has(port) || !holdPort(port)) continue;
    taken.add(port);
    if (await isFree(port, host)) return port;
    releasePort(port);
  }
  throw new Error(`no free port from ${preferred} to ${preferred + triesPerPort - 1}`);
}

/** Whether something accepts connections there within `timeoutMs`. */
export function accepts(port: number, host = '127.0.0.1', timeoutMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** Whether something could not be started because another program had taken its port meanwhile. */
export function portWasTaken(error: unknown): boolean {
  return error instanceof Error && /EADDRINUSE/.test(error.message);
}
