import { expect, test } from 'vitest';
import { trustedProxies } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as never;

test.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '6.6.6.6, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['127.0.0.1', 'nonsense', '127.0.0.1'],
  ['127.0.0.1', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
  ['2001:db8::5', '198.51.100.1', '198.51.100.1'],
])('who connects from %s for %s is %s', (remote, forwarded, client) => {
  const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);
  expect(proxies.addressOf(from(remote, forwarded))).toBe(client);
});

test('without trusted proxies nobody is believed', () => {
  expect(trustedProxies([]).addressOf(from('127.0.0.1', '198.51.100.1'))).toBe('127.0.0.1');
});

test('what is no address is named', () => {
  for (const wrong of ['localhost', '10.0.0.0/x', '', '999.1.1.1', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8'])
    expect(() => trustedProxies([wrong])).toThrow('neither an address nor a network');
});
