import { GatewayError } from './failure.ts';
import type { GatewayClient } from './gateway-client.ts';
import { type ConsumerFactsFragment, ConsumerListDocument } from './generated/operations.ts';

/** The consumer of this id or name. @throws GatewayError where there is none, or several of that name. */
export async function findConsumer(gateway: GatewayClient, given: string): Promise<ConsumerFactsFragment> {
  const { consumers } = await gateway.request(ConsumerListDocument, {});
  const found = consumers.find(({ id }) => id === given) ?? consumers.find(({ name }) => name === given);
  if (found) return found;
  const names = consumers.map(({ name }) => name).slice(0, 10);
  throw new GatewayError(`There is no consumer "${given}"`, {
    hint: `There are ${names.join(', ')}${consumers.length > names.length ? ' and others: comptoir consumer list' : ''}.`,
  });
}
