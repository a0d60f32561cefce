import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { expect, test } from 'vitest';
import { supergraphOrigin } from './origin.ts';

test('where no supergraph is named it is that of the subgraphs in schema/, at their addresses, and each of their files is looked at', async () => {
  const orders = 'http://a.example/graphql,http://b.example/graphql';
  const { read, look } = supergraphOrigin({ subgraphUrls: { ...developmentUrls, orders } });
  expect(await read()).toContain(`name: "orders", url: "${orders}"`);
  const seen = (await look?.()) ?? '';
  for (const name of subgraphNames) expect(seen).toContain(`${name}.graphql`);
  expect(await look?.()).toBe(seen);
});

test('one that the configuration holds never changes', () => {
  expect(supergraphOrigin({ supergraphSdl: 'type Query { a: Int }', subgraphUrls: developmentUrls }).look).toBeNull();
});

test('an address that gives nothing is named without what may be secret in it', async () => {
  const { read } = supergraphOrigin({ supergraphFile: 'http://127.0.0.1:1/s.graphql?token=hush', subgraphUrls: developmentUrls });
  await expect(read()).rejects.toThrow(/^SUPERGRAPH: http:\/\/127\.0\.0\.1:1 does not give it$/);
});
