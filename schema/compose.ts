import { composeServices } from '@apollo/composition';
import { type SubgraphName, subgraphNames, subgraphTypeDefs } from './sdl.ts';

/** Where a subgraph answers: its GraphQL address over HTTP. The WebSocket address is the same with ws: for http:. */
export type SubgraphUrls = Readonly<Record<SubgraphName, string>>;

export class CompositionError extends Error {
  override name = 'CompositionError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The subgraphs do not compose:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Composes the supergraph SDL in process.
 * @throws CompositionError naming every fault, with the subgraph and the place it stands in.
 */
export function composeSupergraph(urls: SubgraphUrls): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphNames.map((name) => ({ name, url: urls[name], typeDefs: subgraphTypeDefs(name) })),
  );
  if (errors) throw new CompositionError(errors.map((error) => error.message));
  return supergraphSdl;
}
