import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createHttpProvider } from './http-provider.ts';

it('of a provider that does not answer, it is said why', async () => {
  const ping = (url: string) => createHttpProvider({ url, timeoutMs: 300, attempts: 1 }).ping();
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  await expect(ping(`http://127.0.0.1:${port}`)).rejects.toThrow('GET /health/… was not answered: no answer within 300 ms');
  silent.closeAllConnections();
  silent.close();
  await once(silent, 'close');
  await expect(ping(`http://127.0.0.1:${port}`)).rejects.toThrow(`GET /health/… was not answered: connect ECONNREFUSED 127.0.0.1:${port}`);
  await expect(ping('http://127.0.0.1:4190')).rejects.toThrow('GET /health/… was not answered: bad port');
});
