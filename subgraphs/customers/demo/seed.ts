import type { Database } from '@comptoir/platform/database.ts';
import type { Log } from '@comptoir/platform/log.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { customerEvent } from '../messages/outgoing.ts';
import { makeDemoCustomers } from './customers.ts';

/** Of an advisory lock: two processes that start at once seed once. */
const seedLock = 0x636f6d21;

/** Creates the customers of the demo where there never was one; leaves everything as it is where there was. Others hear of them as of any customer. */
export async function seedDemoCustomers(database: Database, log: Log): Promise<void> {
  const startedAt = performance.now();
  const seeded = await database.transaction(async (em) => {
    await query(em, 'SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const [sequence] = await query<{ used: boolean }>(
      em,
      `SELECT pg_sequence_last_value(pg_get_serial_sequence('customer', 'id')) IS NOT NULL AS used`,
    );
    if (sequence?.used) return false;
    const customers = makeDemoCustomers();
    const columns = 'id, last_name, first_name, email, phone, active';
    await query(em, `INSERT INTO customer (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::customer, $1::json)`, [
      JSON.stringify(customers),
    ]);
    await query(em, `SELECT setval(pg_get_serial_sequence('customer', 'id'), $1)`, [customers.length]);
    await appendToOutbox(
      em,
      customers.map(({ last_name, first_name, ...customer }) =>
        customerEvent('client.created', { ...customer, lastName: last_name, firstName: first_name, version: 1 }),
      ),
    );
    return true;
  });
  if (seeded) log.info({ event: 'demo_seeded', durationMs: Math.round(performance.now() - startedAt) }, 'customers of the demo created');
}
