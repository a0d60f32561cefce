import { expect, test } from 'vitest';
import { composeSupergraph } from './compose.ts';
import { apiSdl } from './generate/api.ts';
import { generateFiles } from './generate.ts';
import { staleFiles } from './generated-files.ts';
import { supergraphSdl } from './supergraph.ts';
import { developmentUrls } from './urls.ts';

test('the subgraphs compose, and what is only for the gateway is not in the API', () => {
  const supergraph = composeSupergraph(developmentUrls);
  expect(supergraph).toContain('consumerByApiKey');
  expect(apiSdl(supergraph)).not.toContain('consumerByApiKey');
});

test('what is generated is current', async () => {
  expect(await staleFiles(await generateFiles())).toEqual([]);
});

test('the generated supergraph leads to the addresses it is asked for, and is what composing gives', async () => {
  const urls = Object.fromEntries(
    Object.keys(developmentUrls).map((name) => [name, `https://${name}.example/graphql`]),
  ) as typeof developmentUrls;
  const withoutComments = (sdl: string) => sdl.replaceAll(/^#.*\n/gm, '').trim();
  expect(withoutComments(await supergraphSdl(urls))).toBe(composeSupergraph(urls).trim());
});
