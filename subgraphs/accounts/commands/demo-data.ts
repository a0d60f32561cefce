import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { hashOfKey } from '../domain/api-key.ts';
import { demoConsumers } from '../domain/demo-consumers.ts';

/** Creates the consumers of the demo with their keys, or makes them again what they should be. */
export async function seedDemoConsumers(database: Database): Promise<void> {
  await database.transaction(async (em) => {
    for (const { id, name, roles, perMinute, perHour, key } of demoConsumers) {
      await query(
        em,
        `INSERT INTO consumer (id, name, roles, per_minute, per_hour, demo) VALUES ($1, $2, $3, $4, $5, true)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, per_minute = excluded.per_minute, per_hour = excluded.per_hour, demo = true`,
        [id, name, roles, perMinute, perHour],
      );
      await query(em, 'INSERT INTO api_key (hash, consumer_id) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING', [hashOfKey(key), id]);
    }
  });
}

/** For a production profile, whose keys must be secret. Throws where a consumer of the demo exists. */
export async function refuseDemoConsumers(database: Database): Promise<void> {
  const rows = await database.query<{ name: string }>('SELECT name FROM consumer WHERE demo ORDER BY name');
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new Error(
    `NODE_ENV=production refuses to start beside demo data: the consumers ${names} have keys that everybody knows. ` +
      `Delete them from the database ${database.database} (DELETE FROM consumer WHERE demo), or use another one.`,
  );
}
