import type { Database } from '@comptoir/platform/database.ts';
import { deadLetterMigrations, platformMigrations } from '@comptoir/platform/migrations.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entities } from '../entities/entities.ts';
import { calculationMigrations } from '../migrations/calculations.ts';
import { cancelBatch } from './cancel-batch.ts';
import { clearStats } from './clear-stats.ts';
import { purge, replay } from './dead-letters.ts';
import { submitBatch } from './submit-batch.ts';

const caller = { consumerId: 'c1', name: 'Camille' };
let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = await server.open({
    service: 'compute',
    entities,
    migrations: [...platformMigrations, ...deadLetterMigrations, ...calculationMigrations],
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const batch = () =>
  submitBatch(database, { input: { source: 'WEB', tasks: [{ n1: 1, n2: 2, operation: 'ADD' }] }, consumerId: caller.consumerId });

let deaths = 0;
async function deadLetter(): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO dead_letter (death, queue, code, reason, body, headers, attempts, state, dead_at, service)
     VALUES ($1, 'orders.commands', 'INTERNAL', 'a fault', '{"card":"4000000000000002"}', '{}', 3, 'NEW', now(), 'orders') RETURNING id`,
    [`death ${++deaths}`],
  );
  return row?.id as string;
}

const mutations: [string, () => Promise<() => Promise<unknown>>][] = [
  [
    'batch.cancelled',
    async () => {
      const id = await batch();
      return () => cancelBatch(database, id, caller);
    },
  ],
  ['stats.cleared', async () => () => clearStats(database, { caller })],
  [
    'dead_letter.replayed',
    async () => {
      const id = await deadLetter();
      return () => replay(database, { id, payload: '{"card":"4000000000000069"}', caller });
    },
  ],
  [
    'dead_letter.purged',
    async () => {
      await deadLetter();
      return () => purge(database, { service: 'orders' }, caller);
    },
  ],
];

describe('the audit log', () => {
  it.each(mutations)('is told once of %s, in its transaction', async (action, prepare) => {
    const audit = followAudit(database);
    const act = await prepare();
    const impossible = await audit.during(() => audit.whileImpossible(() => expect(act()).rejects.toThrow()));
    expect(impossible).toEqual([]);
    const told = await audit.during(act);
    expect(told).toMatchObject([{ action, actor_id: 'c1', actor_name: 'Camille' }]);
    expect(JSON.stringify(told)).not.toContain('4000');
  });

  it('is told nothing of what does not happen, nor of calculations', async () => {
    const audit = followAudit(database);
    const ended = await batch();
    await cancelBatch(database, ended, caller);
    await clearStats(database, { idempotencyKey: 'once', caller });
    await purge(database, {}, caller);
    const told = await audit.during(async () => {
      await batch();
      await cancelBatch(database, ended, caller);
      await cancelBatch(database, 'none', caller);
      await clearStats(database, { idempotencyKey: 'once', caller });
      await purge(database, {}, caller);
      await replay(database, { id: '999999', caller });
    });
    expect(told).toEqual([]);
  });
});
