/** Gateway and subgraphs in one process, each with its own port, database and broker connections. */

import { accountsConfig, toAccountsConfig } from '@comptoir/accounts/config.ts';
import { createAccounts } from '@comptoir/accounts/service.ts';
import { computeConfig, toComputeConfig } from '@comptoir/compute/config.ts';
import { createCompute } from '@comptoir/compute/service.ts';
import { customersConfig, toCustomersConfig } from '@comptoir/customers/config.ts';
import { createCustomers } from '@comptoir/customers/service.ts';
import { gatewayConfig, toGatewayConfig } from '@comptoir/gateway/config.ts';
import { createGateway } from '@comptoir/gateway/service.ts';
import { inventoryConfig, toInventoryConfig } from '@comptoir/inventory/config.ts';
import { createInventory } from '@comptoir/inventory/service.ts';
import { ordersConfig, toOrdersConfig } from '@comptoir/orders/config.ts';
import { createOrders } from '@comptoir/orders/service.ts';
import { parseConfig } from '@comptoir/platform/config.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService, type Service } from '@comptoir/platform/service.ts';
import { sagasConfig, toSagasConfig } from '@comptoir/sagas/config.ts';
import { createSagas } from '@comptoir/sagas/service.ts';
import { together } from './start/together.ts';

const env = process.env;
const gateway = parseConfig(gatewayConfig, env);
// Only the gateway is for other machines.
const inside = { ...env, HOST: '127.0.0.1' };

function deps(service: string) {
  return {
    log: createLog({ service, level: gateway.LOG_LEVEL, format: gateway.LOG_FORMAT, directory: gateway.LOG_DIR }),
    // The figures of the process are told once, by the gateway.
    metrics: createMetrics({ service, instanceId: `${service}-${process.pid}`, processMetrics: service === 'gateway' }),
    health: createHealth(),
  };
}

const edge = deps('gateway');
const services: readonly Service[] = [
  createAccounts(toAccountsConfig(parseConfig(accountsConfig, inside)), deps('accounts')),
  createCompute(toComputeConfig(parseConfig(computeConfig, inside)), deps('compute')),
  createCustomers(toCustomersConfig(parseConfig(customersConfig, inside)), deps('customers')),
  createInventory(toInventoryConfig(parseConfig(inventoryConfig, inside)), deps('inventory')),
  createOrders(toOrdersConfig(parseConfig(ordersConfig, inside)), deps('orders')),
  createSagas(toSagasConfig(parseConfig(sagasConfig, inside)), deps('sagas')),
  createGateway(toGatewayConfig(gateway), edge),
];
await runService(together('system', services), { log: deps('system').log, health: edge.health, stopLeadMs: gateway.STOP_LEAD_MS });
