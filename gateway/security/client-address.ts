import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Which proxies may say for whom they ask. */
export interface TrustedProxies {
  trusts(address: string): boolean;
  /** The client of a request: who connected, or whom a trusted proxy names in X-Forwarded-For. What an untrusted one claims counts for nothing. */
  addressOf(request: Pick<IncomingMessage, 'socket' | 'headers'>): string;
}

/** Whether it is an address or a network, such as `127.0.0.1`, `10.0.0.0/8`, `::1`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

/**
 * @param proxies addresses and networks, e.g. `127.0.0.1`, `10.0.0.0/8`, `::1`.
 * @throws Error naming what is neither.
 */
export function trustedProxies(proxies: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const proxy of proxies) {
    if (!isNetwork(proxy)) throw new Error(`${proxy} is neither an address nor a network`);
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const trusts = (given: string) => {
    const address = given.replace(/^::ffff:(?=\d+\.)/i, '');
    return isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
  return {
    trusts,
    addressOf({ socket, headers }) {
      const forwarded = String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      let client = socket.remoteAddress ?? '';
      while (trusts(client)) {
        const next = forwarded.pop();
        if (next === undefined || isIP(next) === 0) break;
        client = next;
      }
      return client;
    },
  };
}
