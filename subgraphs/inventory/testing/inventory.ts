import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { principalHeader, type Role, signPrincipal } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { startCountedGraph } from '@comptoir/platform/testing/counted-graph.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { createContext } from '../context.ts';
import { seedDemoCatalogue } from '../demo/seed.ts';
import { entities } from '../entities/entities.ts';
import { inventoryMigrations } from '../migrations/stock.ts';
import { entityResolvers } from '../resolvers/entities.ts';
import { queries } from '../resolvers/queries.ts';
import { createInventory } from '../service.ts';

export const caller = { consumerId: 'c1', name: 'Camille' };
const secret = 'a secret of some length';

/** A database of inventory with two stores and a warehouse (id 3), and hands to put products into it. */
export async function openStore() {
  const server = await createTestDatabase();
  const database = await server.open({ service: 'inventory', entities, migrations: [...platformMigrations, ...inventoryMigrations] });
  await database.query(
    `INSERT INTO place (name, kind, town) VALUES ('Un', 'STORE', 'Lille'), ('Deux', 'STORE', 'Lyon'), ('Dépôt', 'WAREHOUSE', 'Metz')`,
  );

  return {
    database,
    warehouse: 3,
    /** A product with so many at the warehouse, and at other places if told. Without commands, so without events. */
    async addProduct({
      stock = 0,
      at = [] as { placeId: number; onHand: number }[],
      threshold = 10,
      name = 'Café',
      price = 1250,
    } = {}): Promise<number> {
      return database.transaction(async (em) => {
        const [row] = await query<{ id: number }>(
          em,
          `INSERT INTO product (sku, name, price_minor, tax_ppm, alert_threshold) VALUES ('S-' || gen_random_uuid(), $1, $2, 55000, $3) RETURNING id`,
          [name, price, threshold],
        );
        const id = row?.id as number;
        for (const { placeId, onHand } of [{ placeId: 3, onHand: stock }, ...at]) {
          await query(em, 'INSERT INTO stock_level (product_id, place_id, on_hand, threshold) VALUES ($1, $2, $3, $4)', [
            id,
            placeId,
            onHand,
            threshold,
          ]);
          await query(
            em,
            `INSERT INTO stock_movement (product_id, place_id, kind, on_hand_change, allocated_change) VALUES ($1, $2, 'INITIAL', $3, 0)`,
            [id, placeId, onHand],
          );
        }
        return id;
      });
    },
    async level(productId: number, placeId = 3) {
      const [row] = await database.query<{ on_hand: number; allocated: number }>(
        'SELECT on_hand, allocated FROM stock_level WHERE product_id = $1 AND place_id = $2',
        [productId, placeId],
      );
      return row;
    },
    /** Messages in the outbox, in the order they were written. */
    messages: (type?: string) =>
      database.query<{ type: string; payload: Record<string, never>; message_id: string }>(
        'SELECT type, payload, message_id FROM outbox WHERE $1::text IS NULL OR type = $1 ORDER BY id',
        [type ?? null],
      ),
    /** Levels that are not the sum of their ledger; none, ever. */
    unbalanced: () =>
      database.query(
        `SELECT l.product_id, l.place_id, l.on_hand, l.allocated, sum(m.on_hand_change) AS ledger_on_hand, sum(m.allocated_change) AS ledger_allocated
         FROM stock_level l LEFT JOIN stock_movement m USING (product_id, place_id) GROUP BY l.product_id, l.place_id
         HAVING l.on_hand <> coalesce(sum(m.on_hand_change), 0) OR l.allocated <> coalesce(sum(m.allocated_change), 0)
           OR l.allocated <> coalesce((SELECT sum(quantity) FROM reservation r WHERE r.product_id = l.product_id AND r.place_id = l.place_id AND r.state = 'HELD'), 0)`,
      ),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The whole service on a database and a virtual host of its own. */
export async function startInventory({ demo = false, sweepIntervalMs = 100, reservationExpiryMs = 1_800_000 } = {}) {
  const server = await createTestDatabase();
  const broker = await createTestBroker();
  const metrics = createMetrics({ service: 'inventory', instanceId: 'test', processMetrics: false });
  const inventory = createInventory(
    {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: server.url,
      database: `${server.prefix}inventory`,
      amqpUrl: broker.url,
      secret,
      production: false,
      demo,
      reservationExpiryMs,
      sweepIntervalMs,
    },
    { log: testLog(), metrics, health: createHealth() },
  );
  await inventory.start();
  const principal = (roles: readonly Role[], stores: readonly string[] | null = null) =>
    signPrincipal({ consumerId: 'c1', name: 'Camille', roles, stores }, secret);
  const database = await server.open({ service: 'inventory', entities, migrations: [...platformMigrations, ...inventoryMigrations] });

  return {
    inventory,
    broker,
    database,
    metrics,
    principal,
    /** `data` of the answer; rejects where there are errors, unless they are asked for. */
    async ask(document: string, variables: object = {}, roles: readonly Role[] = ['ADMIN'], stores: readonly string[] | null = null) {
      const answer = await fetch(inventory.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: principal(roles, stores) },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await answer.json()) as {
        // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
        data: any;
        errors?: { message: string; path?: unknown[]; extensions: { code: string; faults?: { path: unknown[] }[] } }[];
      };
    },
    async [Symbol.asyncDispose]() {
      await inventory.stop();
      await broker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The graph on the catalogue of the demo and nothing beside it. */
export const startGraph = () =>
  startCountedGraph({
    name: 'inventory',
    entities,
    migrations: inventoryMigrations,
    fill: seedDemoCatalogue,
    serve: (database) => ({ context: (scope) => createContext(database, scope), resolvers: { ...entityResolvers, ...queries } }),
  });
