import { expect, test } from 'vitest';
import { createOriginCheck, refuseUpgrade } from './origins.ts';

const isAllowed = createOriginCheck(['https://shop.example/', 'http://localhost:5173']);

test.each([
  ['https://shop.example', true],
  ['HTTPS://Shop.Example', true],
  ['http://shop.example', false],
  ['https://shop.example.evil.test', false],
  ['http://localhost:5173', true],
  ['http://gateway.test:4000', true],
  ['http://gateway.test', false],
  ['null', false],
  ['nonsense', false],
])('a page of %s may use the gateway: %s', (origin, allowed) => {
  expect(refuseUpgrade({ headers: { origin, host: 'gateway.test:4000' } }, isAllowed)).toBe(allowed ? null : 403);
});

test('a program, which says no origin, is let in', () => {
  expect(refuseUpgrade({ headers: { host: 'gateway.test' } }, isAllowed)).toBeNull();
});
