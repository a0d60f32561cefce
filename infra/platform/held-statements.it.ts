import type { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { frequent, unread } from './frequent-statements.ts';
import { query } from './sql.ts';
import { createTestDatabase } from './testing/database.ts';

const insert = unread('INSERT INTO held_thing (id) VALUES ($1)');
const ids = 'SELECT id FROM held_thing ORDER BY id';

async function openWithThings() {
  const server = await createTestDatabase();
  const database = await server.open({ poolSize: 1 });
  await database.query('CREATE TABLE held_thing (id int PRIMARY KEY)');
  return { server, database };
}

test('an unread statement is carried out before what follows it, and before the commit', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  const seen = await database.transaction(async (em) => {
    await query(em, insert, [1]);
    const rows = await query(em, ids);
    await query(em, insert, [2]);
    return rows;
  });
  expect(seen).toEqual([{ id: 1 }]);
  expect(await database.query(ids)).toEqual([{ id: 1 }, { id: 2 }]);
});

test('an unread statement that fails fails the commit with its own error, and nothing of the transaction stays', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  const work = database.transaction(async (em) => {
    await query(em, 'INSERT INTO held_thing (id) VALUES (1)');
    await query(em, insert, [1]);
  });
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(await database.query(ids)).toEqual([]);
  await database.transaction((em) => query(em, insert, [3]));
  expect(await database.query(ids)).toEqual([{ id: 3 }]);
});

test('an unread statement that fails fails the one it goes with by its own error', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  const work = database.transaction(async (em) => {
    await query(em, insert, ['no number']);
    await query(em, ids);
  });
  await expect(work).rejects.toMatchObject({ code: '22P02' });
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('what is rolled back before it was sent never is', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  const work = database.transaction(async (em) => {
    await query(em, insert, [1]);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await database.transaction((em) => query(em, ids))).toEqual([]);
});

test('outside of a transaction an unread statement is carried out at once', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  await database.query(insert, [1]);
  expect(await database.query(ids)).toEqual([{ id: 1 }]);
});

test('a lock that is waited for unread is held when the next statement looks', async () => {
  await using server = await createTestDatabase();
  const database = await server.open({ poolSize: 3 });
  await database.query('CREATE TABLE counter AS SELECT 0 AS n');
  const lock = unread('SELECT FROM counter FOR UPDATE');
  const read = frequent('SELECT n FROM counter');
  const countUp = () =>
    database.transaction(async (em) => {
      await query(em, lock);
      const [row] = await query<{ n: number }>(em, read);
      await query(em, 'UPDATE counter SET n = $1', [(row?.n ?? 0) + 1]);
    });
  await Promise.all(Array.from({ length: 30 }, countUp));
  expect(await database.query('SELECT n FROM counter')).toEqual([{ n: 30 }]);
});

test('a frequent statement has its columns described once on each connection, and its rows every time', async () => {
  const { server, database } = await openWithThings();
  await using _ = server;
  const select = frequent(
    `SELECT id, id::text AS named, '{1,2}'::int[] AS list, NULL AS nothing FROM held_thing WHERE id >= $1 ORDER BY id`,
  );
  await database.query('INSERT INTO held_thing (id) VALUES (1), (2)');
  const expected = [1, 2].map((id) => ({ id, named: String(id), list: [1, 2], nothing: null }));
  const pool = (await database.orm.em.getConnection().getNativeClient()) as Pool;
  let descriptions = 0;
  const client = await pool.connect();
  (client as unknown as { connection: EventEmitter }).connection.on('rowDescription', () => {
    descriptions++;
  });
  client.release();
  for (let time = 0; time < 3; time++) expect(await database.query(select, [1])).toEqual(expected);
  expect(await database.query(select, [3])).toEqual([]);
  await expect(database.query(select, ['no number'])).rejects.toMatchObject({ code: '22P02' });
  expect(await database.transaction((em) => query(em, select, [2]))).toEqual([expected[1]]);
  expect(descriptions).toBe(1);
});
