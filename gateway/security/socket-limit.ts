import type { IncomingMessage } from 'node:http';
import { addressKey } from '../limits/address.ts';

/** Bounds the connections that one address may keep open. */
export interface SocketLimit {
  /** Counts a connection as long as its socket is open; false where there are too many from its address already. */
  admit(request: IncomingMessage): boolean;
  /** Addresses that have connections open. */
  readonly size: number;
}

export function createSocketLimit(maxPerAddress: number, addressOf: (request: IncomingMessage) => string): SocketLimit {
  const open = new Map<string, number>();
  return {
    admit(request) {
      const key = addressKey(addressOf(request));
      const count = open.get(key) ?? 0;
      if (count >= maxPerAddress) return false;
      open.set(key, count + 1);
      request.socket.once('close', () => {
        const left = (open.get(key) ?? 1) - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      });
      return true;
    },
    get size() {
      return open.size;
    },
  };
}
