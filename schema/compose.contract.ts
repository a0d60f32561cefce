import { expect, test } from 'vitest';
import { composeSupergraph } from './compose.ts';
import { apiSdl } from './generate/api.ts';
import { generateFiles, staleFiles } from './generate.ts';
import { developmentUrls } from './urls.ts';

test('the subgraphs compose, and what is only for the gateway is not in the API', () => {
  const supergraph = composeSupergraph(developmentUrls);
  expect(supergraph).toContain('consumerByApiKey');
  expect(apiSdl(supergraph)).not.toContain('consumerByApiKey');
});

test('what is generated is current', async () => {
  expect(await staleFiles(await generateFiles())).toEqual([]);
});
