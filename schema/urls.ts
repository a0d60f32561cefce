import type { SubgraphUrls } from './compose.ts';

/** Where the subgraphs answer unless configuration says otherwise. */
export const developmentPorts = { compute: 4101, accounts: 4102 } as const;

export const developmentUrls: SubgraphUrls = {
  compute: `http://127.0.0.1:${developmentPorts.compute}/graphql`,
  accounts: `http://127.0.0.1:${developmentPorts.accounts}/graphql`,
};
