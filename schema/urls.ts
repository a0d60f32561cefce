import type { SubgraphUrls } from './compose.ts';
import type { SubgraphName } from './sdl.ts';

/** Where the subgraphs listen unless configuration says otherwise. */
export const developmentPorts = {
  compute: 4101,
  accounts: 4102,
  customers: 4103,
  inventory: 4104,
  orders: 4105,
  sagas: 4106,
} as const satisfies Record<SubgraphName, number>;

/** Where the simulated payment provider listens unless configuration says otherwise. */
export const paymentProviderPort = 4180;

/** Where the first worker of `npm start` tells of itself, the others above it. */
export const firstWorkerPort = 4190;

const address = (port: number) => `http://127.0.0.1:${port}/graphql`;

/** Where the subgraphs answer unless configuration says otherwise. */
export const developmentUrls: SubgraphUrls = {
  compute: address(developmentPorts.compute),
  accounts: address(developmentPorts.accounts),
  customers: address(developmentPorts.customers),
  inventory: address(developmentPorts.inventory),
  orders: address(developmentPorts.orders),
  sagas: address(developmentPorts.sagas),
};

/** The variables of the environment that say where a subgraph answers, and on which port it listens. */
export const urlVariableOf = <Name extends SubgraphName>(name: Name) => `${name.toUpperCase()}_URL` as `${Uppercase<Name>}_URL`;
export const portVariableOf = <Name extends SubgraphName>(name: Name) => `${name.toUpperCase()}_PORT` as `${Uppercase<Name>}_PORT`;
