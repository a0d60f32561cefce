import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SubgraphUrls } from './compose.ts';
import { subgraphNames, subgraphSdl } from './sdl.ts';
import { developmentUrls } from './urls.ts';

/** Stands in the generated supergraph: of which sources it was made. */
export const sourcesLine = () =>
  `# Sources: sha256-${createHash('sha256').update(subgraphNames.map(subgraphSdl).join('\0')).digest('base64url')}`;

/**
 * The supergraph of the subgraphs at these addresses. The generated one is taken where it is current, since composing costs a start a good part of its time.
 * @throws CompositionError where it is not, and the subgraphs do not compose.
 */
export async function supergraphSdl(urls: SubgraphUrls): Promise<string> {
  const generated = await readFile(new URL('./generated/supergraph.graphql', import.meta.url), 'utf8');
  if (generated.includes(sourcesLine())) return withAddresses(generated, urls);
  const { composeSupergraph } = await import('./compose.ts');
  return composeSupergraph(urls);
}

function withAddresses(sdl: string, urls: SubgraphUrls): string {
  const quoted = (url: string) => `url: ${JSON.stringify(url)}`;
  return subgraphNames.reduce((text, name) => text.replace(quoted(developmentUrls[name]), quoted(urls[name])), sdl);
}
