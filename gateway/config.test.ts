import { parseConfig } from '@comptoir/platform/config.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { expect, test } from 'vitest';
import { gatewayConfig, toGatewayConfig } from './config.ts';

const urlsOf = (env: NodeJS.ProcessEnv) => toGatewayConfig(parseConfig(gatewayConfig, env)).subgraphUrls;

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
