import type { Resources } from '@comptoir/e2e/resources.ts';
import { startSystem } from '@comptoir/e2e/system.ts';
import { databaseUrl } from '@comptoir/platform/database-setup.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { Client } from 'pg';

/** Whom no limit of requests holds up. */
export const benchKey = 'bench-key';

export interface Shop {
  readonly url: string;
  readonly gatewayPid: number;
  /** Has the gateway forget every answer that it keeps. */
  clearCache(): Promise<void>;
  /** Waits until every saga has ended, or so long. */
  drained(timeoutMs: number): Promise<void>;
}

/** The whole system, a process for each part, with a consumer whom no limit holds up and more stock than the orders take. */
export async function startShop(resources: Resources): Promise<Shop> {
  const database = resources.use(await createTestDatabase());
  const system = resources.use(await startSystem({ split: true, env: { DATABASE_PREFIX: database.prefix, LOG_LEVEL: 'warn' } }));
  const open = async (service: string) => {
    const client = new Client({ connectionString: databaseUrl(database.url, `${database.prefix}${service}`) });
    await client.connect();
    resources.defer(() => client.end());
    return client;
  };
  const [accounts, inventory, sagas] = await Promise.all([open('accounts'), open('inventory'), open('sagas')]);
  await accounts.query(
    `INSERT INTO consumer (id, name, roles, per_minute, per_hour) VALUES ('bench', 'bench', '{ADMIN}', 100000000, 1000000000)`,
  );
  await accounts.query(`INSERT INTO api_key (hash, consumer_id) VALUES (sha256($1::bytea), 'bench')`, [benchKey]);
  await inventory.query(`UPDATE stock_level SET on_hand = 1000000 WHERE place_id = (SELECT id FROM place WHERE kind = 'WAREHOUSE')`);
  await inventory.query('UPDATE product SET active = true');
  const { gateway = 0 } = await system.processes();
  return {
    url: system.url,
    gatewayPid: gateway,
    async clearCache() {
      const { status } = await fetch(new URL('/api/v1/cache/clear', system.url), { method: 'DELETE', headers: { 'x-api-key': benchKey } });
      if (status >= 300) throw new Error(`The cache was not cleared: ${status}`);
    },
    async drained(timeoutMs) {
      for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; ) {
        const { rows } = await sagas.query<{ open: boolean }>('SELECT EXISTS (SELECT FROM saga WHERE ended_at IS NULL) AS open');
        if (!rows[0]?.open) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}
