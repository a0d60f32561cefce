import { until } from '../until.ts';
import type { ServiceName, Sql } from './databases.ts';
import { serviceOf } from './parts.ts';

/** Each look is ten statements on five databases, which those have to stand who are looked at. */
const pauseMs = 200;

interface Loose {
  readonly what: string;
  readonly count: number;
}

const open = (what: string) => (rows: readonly { count: number }[]) => rows.map(({ count }): Loose => ({ what, count }));

/**
 * Waits until nothing is under way any more: every saga has ended (or waits for an operator), every outbox is empty but for what is parked, no command waits for
 * its customer, orders has heard of every customer and inventory of every saga that has ended well. @throws Error with what is still open when the time is up.
 */
export async function settle(
  { sql, parts, trail }: { readonly sql: Sql; readonly parts: readonly string[]; readonly trail: string },
  boundMs: number,
): Promise<void> {
  const present = new Set(parts.map(serviceOf));
  let loose: Loose[] = [];
  let fault: unknown;

  async function look(): Promise<Loose[]> {
    const found: Loose[] = [];
    if (present.has('sagas')) {
      const states = await sql<{ state: string; count: number }>(
        'sagas',
        `SELECT state, count(*)::int AS count FROM saga WHERE ended_at IS NULL AND state <> 'FAILED' GROUP BY state ORDER BY state`,
      );
      found.push(...states.map(({ state, count }) => ({ what: `sagas are ${state}`, count })));
    }
    for (const service of ['sagas', 'inventory', 'orders', 'customers'] as const satisfies readonly ServiceName[]) {
      if (!present.has(service)) continue;
      const rows = await sql<{ count: number }>(
        service,
        'SELECT count(*)::int AS count FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL HAVING count(*) > 0',
      );
      found.push(...open(`messages of ${service} are unsent`)(rows));
    }
    if (present.has('orders')) {
      const waiting = await sql<{ count: number }>('orders', 'SELECT count(*)::int AS count FROM waiting_command HAVING count(*) > 0');
      found.push(...open('commands wait for their customer')(waiting));
    }
    if (present.has('sagas') && present.has('inventory')) {
      const completed = await sql<{ id: string }>(
        'sagas',
        `SELECT id FROM saga WHERE state = 'COMPLETED' AND definition = 'order-processing'`,
      );
      const unsold = await sql<{ count: number }>(
        'inventory',
        `SELECT count(*)::int AS count FROM reservation WHERE state = 'HELD' AND saga_id = ANY($1) HAVING count(*) > 0`,
        [completed.map(({ id }) => id)],
      );
      found.push(...open('reservations of completed sagas are not sold yet')(unsold));
    }
    if (present.has('customers') && present.has('orders')) {
      const customers = await sql<{ id: number; version: number }>('customers', 'SELECT id, version FROM customer');
      const unheard = await sql<{ count: number }>(
        'orders',
        `SELECT count(*)::int AS count FROM unnest($1::int[], $2::int[]) AS c(id, version)
         WHERE NOT EXISTS (SELECT FROM customer k WHERE k.id = c.id AND k.known AND k.version >= c.version) HAVING count(*) > 0`,
        [customers.map(({ id }) => id), customers.map(({ version }) => version)],
      );
      found.push(...open('customers are not known to orders as they are')(unheard));
    }
    return found;
  }

  await until(
    async () => {
      try {
        loose = await look();
        fault = undefined;
      } catch (error) {
        fault = error; // the database server may be away for a while
        return false;
      }
      return loose.length === 0;
    },
    boundMs,
    () => {
      const what = fault === undefined ? loose.map(({ what: each, count }) => `${count} ${each}`).join('; ') : String(fault);
      return `Not settled within ${boundMs / 1000} s: ${what}. ${trail}`;
    },
    pauseMs,
  );
}
