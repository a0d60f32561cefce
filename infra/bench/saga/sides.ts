import type { Resources } from '@comptoir/e2e/resources.ts';
import { startSystem } from '@comptoir/e2e/system.ts';
import { databaseUrl } from '@comptoir/platform/database-setup.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { connect } from 'amqplib';
import { Client } from 'pg';
import { installPeer } from '../peer.ts';
import { startBenchProcess } from '../processes.ts';
import { inventorySchema, makeOrder, ordersSchema } from './shop.ts';

/** A process that works for a side. */
export interface Part {
  readonly name: string;
  readonly pid: number;
}

export interface Side {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Processes one order; settles when it is completed. */
  process(n: number): Promise<void>;
  /** Milliseconds from accepted to completed of the orders since the last call. */
  latenciesMs(): Promise<number[]>;
}

async function openClient(resources: Resources, url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  resources.defer(() => client.end());
  return client;
}

const startQuery = `mutation ($input: StartOrderProcessingInput!) {
  startOrderProcessing(input: $input) { __typename ... on OrderProcessingStarted { saga { id } } } }`;

/** Whom no limit of requests holds up. */
const key = 'bench-key';
const stock = 1_000_000;

/** The real system as npm start runs it: orders come in by GraphQL through the gateway; their end is heard of by the event that tells of it. */
export async function startComptoir(resources: Resources): Promise<Side> {
  const database = resources.use(await createTestDatabase());
  const system = resources.use(await startSystem({ env: { DATABASE_PREFIX: database.prefix } }));
  const open = (service: string) => openClient(resources, databaseUrl(database.url, `${database.prefix}${service}`));
  const [accounts, inventory, sagas] = await Promise.all([open('accounts'), open('inventory'), open('sagas')]);
  await accounts.query(
    `INSERT INTO consumer (id, name, roles, per_minute, per_hour) VALUES ('bench', 'bench', '{ADMIN}', 1000000, 10000000)`,
  );
  await accounts.query(`INSERT INTO api_key (hash, consumer_id) VALUES (sha256($1::bytea), 'bench')`, [key]);
  await inventory.query(`UPDATE stock_level SET on_hand = ${stock} WHERE place_id = (SELECT id FROM place WHERE kind = 'WAREHOUSE')`);
  await inventory.query('UPDATE product SET active = true');

  const ended = new Map<string, PromiseWithResolvers<void>>();
  const endOf = (id: string) => {
    const found = ended.get(id) ?? Promise.withResolvers<void>();
    ended.set(id, found);
    return found;
  };
  const connection = await connect(system.broker.url, { noDelay: true });
  resources.defer(() => connection.close());
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  for (const type of ['saga.completed', 'saga.compensated', 'saga.failed']) await channel.bindQueue(queue, 'payetonkawa', type);
  await channel.consume(
    queue,
    (message) => {
      if (!message) return;
      const { saga_id: id } = JSON.parse(message.content.toString()) as { saga_id: string };
      const { routingKey } = message.fields;
      if (routingKey === 'saga.completed') endOf(id).resolve();
      else endOf(id).reject(new Error(`${id}: ${routingKey}`));
    },
    { noAck: true },
  );

  const processes = await system.processes();
  const { system: pid = 0, 'payment-provider': providerPid = 0 } = processes;
  let lastSeq = '0';
  return {
    name: 'Comptoir',
    parts: [
      { name: 'service', pid },
      { name: 'provider', pid: providerPid },
    ],
    async process(n) {
      const { customerId, lines } = makeOrder(n);
      const input = {
        customerId: String(customerId),
        lines: lines.map(({ productId, quantity }) => ({ productId: String(productId), quantity })),
        shippingAddress: '12 rue des Halles, 45000 Orléans',
        paymentMethod: 'card',
      };
      const response = await fetch(new URL('/graphql', system.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key },
        body: JSON.stringify({ query: startQuery, variables: { input } }),
      });
      const answer = await response.text();
      const id = /"id":"([^"]+)"/.exec(answer)?.[1];
      if (id === undefined) throw new Error(`an order was not accepted: ${answer}`);
      await endOf(id).promise;
      ended.delete(id);
    },
    async latenciesMs() {
      const { rows } = await sagas.query<{ seq: string; ms: number }>(
        'SELECT seq, extract(epoch FROM ended_at - created_at)::float8 * 1000 AS ms FROM saga WHERE seq > $1 AND ended_at IS NOT NULL ORDER BY seq',
        [lastSeq],
      );
      lastSeq = rows.at(-1)?.seq ?? lastSeq;
      return rows.map(({ ms }) => ms);
    },
  };
}

/** A process behind a door (door.ts), on databases of its own, with a payment provider of its own. */
async function startDoored(
  resources: Resources,
  name: string,
  module: URL,
  databases: Readonly<Record<string, readonly string[]>>,
): Promise<Side> {
  const database = resources.use(await createTestDatabase());
  const admin = await openClient(resources, database.url);
  const env: Record<string, string> = {};
  for (const [variable, schemas] of Object.entries(databases)) {
    const own = `${database.prefix}${variable.toLowerCase()}`;
    await admin.query(`CREATE DATABASE ${own}`);
    const url = databaseUrl(database.url, own);
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const schema of schemas) await client.query(schema);
    await client.end();
    env[variable] = url;
  }
  const port = await freePort();
  const provider = resources.use(
    await startBenchProcess(new URL('../../../subgraphs/orders/payment-provider/main.ts', import.meta.url), {
      env: {
        DATABASE_URL: database.url,
        DATABASE_PREFIX: database.prefix,
        PAYMENT_PROVIDER_PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
      },
    }),
  );
  const broker = resources.use(await createTestBroker());
  const process = resources.use(
    await startBenchProcess(module, {
      env: { ...env, BENCH_AMQP_URL: broker.url, BENCH_PROVIDER_URL: `http://127.0.0.1:${port}` },
    }),
  );
  const url = String(process.ready.url);
  let latencies: number[] = [];
  return {
    name,
    parts: [
      { name: 'service', pid: process.pid },
      { name: 'provider', pid: provider.pid },
    ],
    async process(n) {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(makeOrder(n)) });
      latencies.push(Number(await response.text()));
    },
    async latenciesMs() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
  };
}

const runSchema = `CREATE TABLE run (id text PRIMARY KEY, state text NOT NULL, data json NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()) WITH (fillfactor = 70)`;

export const startBareLoop = (resources: Resources): Promise<Side> =>
  startDoored(resources, 'bare loop', new URL('./bare-loop.ts', import.meta.url), {
    BENCH_RUNS_URL: [runSchema],
    BENCH_INVENTORY_URL: [inventorySchema],
    BENCH_ORDERS_URL: [ordersSchema],
  });

export async function startDbos(resources: Resources, say: (line: string) => void): Promise<Side> {
  const folder = new URL('../peers/dbos/', import.meta.url);
  await installPeer(folder, say);
  return startDoored(resources, 'DBOS', new URL('server.mjs', folder), { BENCH_DATABASE_URL: [inventorySchema, ordersSchema] });
}
