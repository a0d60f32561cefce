import { expect, test, vi } from 'vitest';
import { createDatabase } from './database.ts';
import { frequent } from './frequent-statements.ts';
import { platformMigrations } from './migrations.ts';
import { query } from './sql.ts';
import { createTestDatabase } from './testing/database.ts';
import { testLog } from './testing/log.ts';

test('several processes that start at once create and migrate the database once', async () => {
  await using server = await createTestDatabase();
  const config = { url: server.url, database: `${server.prefix}race`, migrations: platformMigrations };
  const databases = Array.from({ length: 5 }, () => createDatabase(config, { log: testLog() }));
  try {
    await Promise.all(databases.map((database) => database.start()));
    const rows = await databases[0]!.query<{ name: string }>('SELECT name FROM mikro_orm_migrations ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(platformMigrations.map(({ name }) => name));
    expect(await databases[1]!.query('SELECT * FROM outbox_head')).toMatchObject([{ single: true, position: '0', purged: '0' }]);
  } finally {
    await Promise.all(databases.map((database) => database.stop()));
  }
});

test('a failing transaction leaves nothing behind and is not tried again', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  let runs = 0;
  const work = database.transaction(async (em) => {
    runs++;
    await query(em, `INSERT INTO inbox (consumer, message_id) VALUES ('a', 'b')`);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(runs).toBe(1);
  expect(await database.query('SELECT * FROM inbox')).toEqual([]);
});

test('transactions that deadlock are tried again until both are through', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await database.query(`INSERT INTO inbox (consumer, message_id, outcome) VALUES ('n', '1', '0'), ('n', '2', '0')`);
  const increment = (em: Parameters<typeof query>[0], id: string) =>
    query(em, `UPDATE inbox SET outcome = to_json(outcome::text::int + 1) WHERE message_id = $1`, [id]);
  const bothHoldOne = Promise.withResolvers<void>();
  let holding = 0;
  const crosswise = (first: string, second: string) =>
    database.transaction(async (em) => {
      await increment(em, first);
      if (++holding === 2) bothHoldOne.resolve();
      await bothHoldOne.promise;
      await increment(em, second);
    });
  await Promise.all([crosswise('1', '2'), crosswise('2', '1')]);
  expect(await database.query('SELECT outcome FROM inbox')).toEqual([{ outcome: 2 }, { outcome: 2 }]);
  expect(holding).toBeGreaterThan(2);
});

test('an aborted transaction is rolled back', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const controller = new AbortController();
  const work = database.transaction(
    async (em) => {
      await query(em, `INSERT INTO inbox (consumer, message_id) VALUES ('a', 'b')`);
      controller.abort(new Error('the caller has gone'));
    },
    { signal: controller.signal },
  );
  await expect(work).rejects.toThrow('the caller has gone');
  expect(await database.query('SELECT * FROM inbox')).toEqual([]);
});

test('sessions ended by the server, idle and in a transaction, hurt the work at hand only, however often', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 2 });
  for (let round = 0; round < 6; round++) {
    const work = database.transaction(async (em) => {
      await query(em, 'SELECT 1');
      await server.terminateSessions();
      await query(em, 'SELECT 1');
    });
    await expect(work).rejects.toThrow();
    // A rollback on the dead session must not keep its place in the pool of two.
    await vi.waitFor(() => database.ping(), { timeout: 5_000 });
    expect(await database.transaction((em) => query(em, 'SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  }
});

test('a lock that is not had in time fails the statement instead of waiting for ever', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ lockTimeoutMs: 50 });
  await database.query(`INSERT INTO inbox (consumer, message_id) VALUES ('a', 'b')`);
  const release = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holder = database.transaction(async (em) => {
    await query(em, 'SELECT 1 FROM inbox FOR UPDATE');
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const waiter = database.query('UPDATE inbox SET outcome = NULL');
  await expect(waiter).rejects.toMatchObject({ code: '55P03' });
  release.resolve();
  await holder;
});

test('a server that is not there is waited for only so long', async () => {
  const config = { url: 'postgres://nobody@127.0.0.1:1/x', database: 'y', migrations: [], startTimeoutMs: 300 };
  const database = createDatabase(config, { log: testLog() });
  await expect(database.start()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await database.stop();
});

test('a statement that is marked as frequent is prepared once by its connection, another in a transaction is not', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 1 });
  const marked = frequent('SELECT $1::int + 1 AS next');
  const next = (sql: string, n: number) => database.transaction((em) => query<{ next: number }>(em, sql, [n]));
  expect(await next(marked, 1)).toEqual([{ next: 2 }]);
  expect(await next(marked, 2)).toEqual([{ next: 3 }]);
  expect(await next('SELECT $1::int + 2 AS next', 1)).toEqual([{ next: 3 }]);
  const held = await database.query<{ statement: string; runs: string }>(
    'SELECT statement, generic_plans + custom_plans AS runs FROM pg_prepared_statements',
  );
  expect(held).toEqual([{ statement: marked, runs: '2' }]);
});

test('a frequent statement whose result a migration has changed is prepared anew', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 1 });
  await database.query('CREATE TABLE thing AS SELECT 1 AS size');
  const all = frequent('SELECT * FROM thing WHERE size > $1');
  const read = () => database.transaction((em) => query(em, all, [0]));
  expect(await read()).toEqual([{ size: 1 }]);
  await database.query(`ALTER TABLE thing ADD colour text DEFAULT 'red'`);
  expect(await read()).toEqual([{ size: 1, colour: 'red' }]);
});

test('a frequent statement that the server has lost is prepared anew', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 1 });
  const one = frequent('SELECT $1::int AS one');
  const read = () => database.transaction((em) => query(em, one, [1]));
  expect(await read()).toEqual([{ one: 1 }]);
  await database.query('DEALLOCATE ALL');
  expect(await read()).toEqual([{ one: 1 }]);
});
