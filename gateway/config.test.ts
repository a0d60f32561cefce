import { parseConfig } from '@comptoir/platform/config.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { expect, test } from 'vitest';
import { gatewayConfig, toGatewayConfig } from './config.ts';

const configOf = (env: NodeJS.ProcessEnv) => toGatewayConfig(parseConfig(gatewayConfig, env));
const urlsOf = (env: NodeJS.ProcessEnv) => configOf(env).subgraphUrls;

test('every subgraph answers at its development address unless told otherwise', () => {
  expect(urlsOf({})).toEqual(developmentUrls);
});

test.each(subgraphNames)('%s is sought where its variable says', (name) => {
  const url = 'https://elsewhere.example/graphql';
  expect(urlsOf({ [`${name.toUpperCase()}_URL`]: url })).toEqual({ ...developmentUrls, [name]: url });
});

test('an address that is none is a fault of its variable', () => {
  expect(() => urlsOf({ ORDERS_URL: 'orders:4105' })).toThrow(/ORDERS_URL: is "orders:4105"; allowed: a URL/);
});

test('production needs a secret where callers are to be known, and no demo', () => {
  const production = { NODE_ENV: 'production', GATEWAY_SECRET: 'sixteen characters' };
  expect(configOf(production)).toMatchObject({ production: true, secret: 'sixteen characters' });
  expect(() => configOf({ ...production, GATEWAY_SECRET: '' })).toThrow(/GATEWAY_SECRET: is not set; allowed: at least 16 characters/);
  expect(configOf({ NODE_ENV: 'production', AUTH: 'off' })).toMatchObject({ auth: false });
  expect(() => configOf({ ...production, DEMO: 'on' })).toThrow('DEMO: is "on"; allowed: off in production');
  expect(configOf({ DEMO: 'on' })).toMatchObject({ production: false, demo: true });
});

test.each(['localhost', '999.1.1.1', '10.0.0.0/33', '127.0.0.1,10.0.0.0/x'])('a proxy %j is a fault of its variable', (TRUSTED_PROXIES) => {
  expect(configOf({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  expect(() => configOf({ TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES: is .*; allowed: addresses and networks/);
});
