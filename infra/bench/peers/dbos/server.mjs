// Order processing as a DBOS workflow: five steps and the sale of what was reserved, each a durable step that runs one transaction. DBOS's data sources, which
// would record a step's outcome in that transaction, cost two statements more a step; those that are published do not go with this version of the SDK.
import { randomUUID } from 'node:crypto';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { Pool } from 'pg';
import { openDoor } from '../../saga/door.ts';
import * as shop from '../../saga/shop.ts';

const { BENCH_DATABASE_URL: url, BENCH_PROVIDER_URL: providerUrl } = process.env;
const connections = 20;

const pool = new Pool({ connectionString: url, max: connections });

/** A durable step with one transaction; its result is kept, so that a recovered workflow goes on behind it. */
function step(name, work) {
  const run = async () => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(async (sql, parameters) => (await client.query(sql, parameters)).rows);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  return DBOS.runStep(run, { name });
}

const completions = new Map();

async function processOrder(order) {
  const id = DBOS.workflowID;
  const lines = await step('CHECK_STOCK', (query) => shop.checkStock(query, order));
  await step('RESERVE_STOCK', (query) => shop.reserveStock(query, id, lines));
  const payment = await step('CREATE_ORDER', (query) => shop.createOrder(query, id, order, lines));
  await step('INTEND_PAYMENT', (query) => shop.intendPayment(query, id, payment));
  const reference = await DBOS.runStep(() => shop.capture(providerUrl, id, payment), { name: 'CAPTURE_PAYMENT' });
  await step('SETTLE_PAYMENT', (query) => shop.settlePayment(query, id, payment, reference));
  await step('CONFIRM_ORDER', (query) => shop.confirmOrder(query, payment));
  completions.get(id)?.resolve();
  await step('SELL_RESERVED', (query) => shop.sellReserved(query, id));
}
const workflow = DBOS.registerWorkflow(processOrder, { name: 'order-processing' });

DBOS.setConfig({ name: 'shop', applicationVersion: '1', systemDatabaseUrl: url, systemDatabasePoolSize: connections, logLevel: 'error' });
await DBOS.launch();

const door = await openDoor((order) => {
  const id = randomUUID();
  const completion = Promise.withResolvers();
  completions.set(id, completion);
  const accepted = DBOS.startWorkflow(workflow, { workflowID: id })(order);
  accepted
    .then((handle) => handle.getResult())
    .catch(completion.reject)
    .finally(() => completions.delete(id));
  return { accepted, completed: completion.promise };
});
process.send({ type: 'ready', url: door });
process.on('disconnect', () => process.exit());
