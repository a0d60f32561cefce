import { randomUUID } from 'node:crypto';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { principalHeader, type Role, signPrincipal } from '@comptoir/platform/principal.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { startCountedGraph } from '@comptoir/platform/testing/counted-graph.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { createGivePaymentBack } from '../commands/give-payment-back.ts';
import type { PaymentDeps } from '../commands/payment-command.ts';
import { createTakePayment } from '../commands/take-payment.ts';
import { createContext } from '../context.ts';
import { entities } from '../entities/entities.ts';
import { ordersMigrations } from '../migrations/orders.ts';
import { paymentProviderMigrations } from '../payment-provider/migrations.ts';
import { createPaymentProvider } from '../payment-provider/service.ts';
import { createHttpProvider } from '../payments/http-provider.ts';
import { entityResolvers } from '../resolvers/entities.ts';
import { queries } from '../resolvers/queries.ts';
import { createOrders } from '../service.ts';

export const caller = { consumerId: 'c1', name: 'Camille' };
export const secret = 'a secret of some length';
const migrations = [...platformMigrations, ...ordersMigrations];
const quiet = (service: string) => ({
  log: testLog(),
  metrics: createMetrics({ service, instanceId: 'test', processMetrics: false }),
  health: createHealth(),
});

export const newSaga = () => `saga_${randomUUID().replaceAll('-', '').slice(0, 26)}`;

type Direction = 'FORWARD' | 'COMPENSATION';
/** A command as the orchestrator sends it; each call makes one with an id of its own. */
export const command = <Data extends object>(saga_id: string, step: string, data: Data, direction: Direction = 'FORWARD') => ({
  saga_id,
  command_id: randomUUID(),
  step,
  direction,
  data,
});

export const takePayment = (deps: PaymentDeps, body: MessageOf<'payment.process'>) => createTakePayment(deps)({ body, headers: {} });

export const givePaymentBack = (deps: PaymentDeps, body: MessageOf<'payment.refund'>) => createGivePaymentBack(deps)({ body, headers: {} });

export const orderData = (customer_id: number, unit_price_minor = '1250', quantity = 2) => ({
  customer_id,
  lines: [{ product_id: 5, quantity, unit_price_minor }] as [{ product_id: number; quantity: number; unit_price_minor: string }],
  shipping_address: '1 rue du Port, Lille',
  billing_address: null,
});

/** A database of orders. */
export async function openStore() {
  const server = await createTestDatabase();
  const database = await server.open({ service: 'orders', entities, migrations });
  return {
    server,
    database,
    async know(...customers: number[]): Promise<void> {
      await database.query('INSERT INTO customer (id, known, version) SELECT id, true, 1 FROM unnest($1::int[]) AS id', [customers]);
    },
    /** Messages in the outbox, in the order they were written. */
    messages: (type?: string) =>
      // biome-ignore lint/suspicious/noExplicitAny: tests look into messages of any type
      database.query<{ type: string; payload: any; message_id: string }>(
        'SELECT type, payload, message_id FROM outbox WHERE $1::text IS NULL OR type = $1 ORDER BY id',
        [type ?? null],
      ),
    async count(table: string, where = 'true'): Promise<number> {
      const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE ${where}`);
      return row?.count ?? 0;
    },
    async order(id: number) {
      const [row] = await database.query<{ status: string; customer_deleted: boolean; version: number }>(
        'SELECT status, customer_deleted, version FROM customer_order WHERE id = $1',
        [id],
      );
      return row;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The simulated provider with a database of its own. */
export async function startProvider({ timeoutMs = 1_000, attempts = 2, slowMs = 50 } = {}) {
  const server = await createTestDatabase();
  const service = createPaymentProvider(
    { host: '127.0.0.1', port: 0, databaseUrl: server.url, database: `${server.prefix}payments`, slowMs, silenceMs: 30_000 },
    quiet('payment-provider'),
  );
  await service.start();
  const database = await server.open({ service: 'payments', migrations: paymentProviderMigrations });
  return {
    url: service.url(),
    database,
    provider: createHttpProvider({ url: service.url(), timeoutMs, attempts }),
    /** What was taken and not given back, in minor units, and how often something was taken. */
    async held() {
      const [row] = await database.query<{ captures: number; minor: number }>(
        `SELECT count(*) FILTER (WHERE status = 'captured')::int AS captures,
           coalesce(sum(amount_minor) FILTER (WHERE status = 'captured' AND refund_id IS NULL), 0)::int AS minor FROM capture`,
      );
      return row;
    },
    captures: (key: string) =>
      database.query<{ status: string; refund_id: string | null }>('SELECT status, refund_id FROM capture WHERE key = $1', [key]),
    async [Symbol.asyncDispose]() {
      await service.stop();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The whole service with a provider, on databases and a virtual host of its own. */
export async function startOrders({ customerPatienceMs = 500, paymentTimeoutMs = 1_000 } = {}) {
  const store = await openStore();
  const broker = await createTestBroker();
  const payments = await startProvider();
  const config = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: store.server.url,
    database: `${store.server.prefix}orders`,
    amqpUrl: broker.url,
    secret,
    production: false,
    paymentProviderUrl: payments.url,
    paymentTimeoutMs,
    customerPatienceMs,
  };
  const orders = createOrders(config, quiet('orders'));
  await orders.start();
  const principal = (roles: readonly Role[]) => signPrincipal({ ...caller, roles, stores: null }, secret);
  return {
    ...store,
    config,
    orders,
    broker,
    payments,
    principal,
    async ask(document: string, variables: object = {}, roles: readonly Role[] = ['ADMIN']) {
      const answer = await fetch(orders.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: principal(roles) },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await answer.json()) as {
        // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
        data: any;
        errors?: { message: string; path?: unknown[]; extensions: { code: string; faults?: { path: unknown[]; message: string }[] } }[];
      };
    },
    async [Symbol.asyncDispose]() {
      await orders.stop();
      await payments[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** The graph and nothing beside it. */
export const startGraph = () =>
  startCountedGraph({
    name: 'orders',
    entities,
    migrations: ordersMigrations,
    serve: (database) => ({ context: (scope) => createContext(database, scope), resolvers: { ...entityResolvers, ...queries } }),
  });
