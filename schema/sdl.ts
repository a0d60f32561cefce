import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

/** The subgraphs there are, in the order they are composed. A new one is added here and gets a file in schema/sdl/. */
export const subgraphNames = ['accounts', 'compute', 'customers', 'inventory', 'orders', 'sagas'] as const;

export type SubgraphName = (typeof subgraphNames)[number];

const read = (file: string) => readFileSync(new URL(`./sdl/${file}`, import.meta.url), 'utf8');

/** The whole SDL of one subgraph: what all of them share, then its own. */
export function subgraphSdl(name: SubgraphName): string {
  return `${read('shared.graphql')}\n${read(`${name}.graphql`)}`;
}

/** The same, parsed, as `@apollo/subgraph` and `@apollo/composition` take it. */
export function subgraphTypeDefs(name: SubgraphName): DocumentNode {
  return parse(subgraphSdl(name));
}
