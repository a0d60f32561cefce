import { createCompute } from '@comptoir/compute/service.ts';
import { createCustomers } from '@comptoir/customers/service.ts';
import { createGateway } from '@comptoir/gateway/service.ts';
import { createInventory } from '@comptoir/inventory/service.ts';
import { createOrders } from '@comptoir/orders/service.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { createSagas } from '@comptoir/sagas/service.ts';
import type { SubgraphName } from '@comptoir/schema/sdl.ts';
import { createResources } from '../resources.ts';

export const secret = 'a secret of the tests of rights';

/** The key of anybody: his role, and the places he is bound to. */
export const keyOf = (role: Role, stores: readonly string[] | null = null) => (stores ? `${role}@${stores.join()}` : role);

export interface LiveSystem extends AsyncDisposable {
  readonly gateway: { url(): string };
  readonly urls: Readonly<Record<SubgraphName, string>>;
}

/**
 * The subgraphs and a gateway in one process, on databases and a broker of their own. accounts is stood in for by its SDL and whoever asks by a key that says who he is:
 * so a test can be anybody.
 */
export async function startLiveSystem(): Promise<LiveSystem> {
  const resources = createResources();
  const run = async <S extends Service>(service: S): Promise<S> => {
    resources.defer(() => service.stop());
    await service.start();
    return service;
  };
  try {
    const database = resources.use(await createTestDatabase());
    const broker = resources.use(await createTestBroker());
    const deps = (service: string) => ({
      log: testLog(),
      metrics: createMetrics({ service, instanceId: 'test', processMetrics: false }),
      health: createHealth(),
    });
    const own = (service: SubgraphName) => ({
      host: '127.0.0.1',
      port: 0,
      databaseUrl: database.url,
      database: `${database.prefix}${service}`,
      amqpUrl: broker.url,
      secret,
      production: false,
      demo: true,
    });
    const services = await Promise.all([
      run(
        createSubgraph({ name: 'accounts', ...own('accounts'), ...deps('accounts'), context: () => ({}), resolvers: { Query: whoIsWho } }),
      ),
      run(createCompute({ ...own('compute'), managementUrl: broker.managementUrl }, deps('compute'))),
      run(createCustomers(own('customers'), deps('customers'))),
      run(createInventory({ ...own('inventory'), reservationExpiryMs: 60_000 }, deps('inventory'))),
      run(createOrders({ ...own('orders'), paymentProviderUrl: 'http://127.0.0.1:1' }, deps('orders'))),
      run(createSagas(own('sagas'), deps('sagas'))),
    ]);
    const [accounts, compute, customers, inventory, orders, sagas] = services.map((service) => service.url()) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const urls = { accounts, compute, customers, inventory, orders, sagas };
    const gateway = await run(
      createGateway(
        { host: '127.0.0.1', port: 0, secret, subgraphUrls: urls, auth: true, production: false, demo: false, webRoot: 'no-such-folder' },
        deps('gateway'),
      ),
    );
    return {
      gateway,
      urls,
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

const whoIsWho = {
  consumerByApiKey(_: unknown, { key }: { key: string }) {
    const [role, stores] = key.split('@');
    return {
      id: key,
      name: key,
      roles: [role],
      stores: stores?.split(',').map((id) => ({ id })) ?? null,
      limits: { perMinute: 1_000_000, perHour: 10_000_000 },
    };
  },
};
