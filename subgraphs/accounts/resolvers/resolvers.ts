import type { EntityManager } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-accounts.ts';
import type { ConsumerRow } from '../entities/consumer.ts';
import { consumerIdOfKey, type createConsumerLoader, findConsumers } from '../queries/consumers.ts';

export interface AccountsContext {
  readonly principal: Principal;
  readonly em: EntityManager;
  readonly consumers: ReturnType<typeof createConsumerLoader>;
}

/** The name under which the gateway asks on its own account. */
const gatewayId = 'gateway';

const Consumer = {
  __resolveReference: ({ id }: { id: string }, { consumers }: AccountsContext) => consumers.load(id),
  limits: ({ perMinute, perHour }: ConsumerRow) => ({ perMinute, perHour }),
};

/** `trusting`: there is no secret, so nobody can be told from the gateway. */
export function createResolvers({ trusting }: { trusting: boolean }) {
  return {
    Consumer,
    Query: {
      me: (_, __, { principal, consumers }) => consumers.load(principal.consumerId),
      consumers: (_, __, { em }) => findConsumers(em),
      async consumerByApiKey(_, { key }, { principal, em, consumers }) {
        const isGateway = principal.consumerId === gatewayId && principal.roles.includes('ADMIN');
        if (!isGateway && !trusting) throw new ComptoirError('FORBIDDEN', 'Only the gateway may look up API keys.');
        const id = await consumerIdOfKey(em, key);
        return id === null ? null : consumers.load(id);
      },
    },
  } satisfies Resolvers<AccountsContext>;
}
