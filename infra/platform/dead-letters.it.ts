import { deadLetterExchange, deadLetterQueue, mergeTopologies, type PolicySpec, serviceTopology } from '@comptoir/schema/topology.ts';
import { expect, test, vi } from 'vitest';
import { createConsumer } from './broker/consumer.ts';
import type { Database } from './database.ts';
import {
  createDeadLetterCollector,
  type DeadLetter,
  type DeadLetterFilter,
  findDeadLetters,
  getDeadLetter,
  purgeDeadLetters,
  replayDeadLetter,
} from './dead-letters.ts';
import { deadLetterMigrations, platformMigrations } from './migrations.ts';
import { createRelay } from './relay.ts';
import { createTestBroker } from './testing/broker.ts';
import { createTestDatabase } from './testing/database.ts';
import { testLog } from './testing/log.ts';

const queue = 'task_queue_add';
const topology = mergeTopologies(serviceTopology('test'), { exchanges: [], queues: [{ name: queue }], bindings: [] });
const policy: PolicySpec = {
  name: 'dead',
  pattern: `^${queue}$`,
  definition: { 'dead-letter-exchange': deadLetterExchange, 'dead-letter-routing-key': 'test' },
};
const soon = { timeout: 15_000, interval: 20 };

/** Collector, relay and a consumer of tasks, on servers of their own. */
async function system({ consume = true } = {}) {
  const server = await createTestDatabase();
  const broker = await createTestBroker();
  await broker.applyPolicies([policy]);
  const database = await server.open({ migrations: [...platformMigrations, ...deadLetterMigrations] });
  const link = await broker.link(topology);
  const log = testLog();
  const handled: string[] = [];
  const services = [
    createDeadLetterCollector({ link, database, log }),
    createRelay({ service: 'test', pollMs: 20 }, { database, link, log }),
    ...(consume
      ? [
          createConsumer(
            {
              service: 'test',
              queue,
              type: 'calculation.task',
              prefetch: 10,
              async handle({ body }) {
                handled.push(body.request_id);
              },
            },
            { link, log },
          ),
        ]
      : []),
  ];
  for (const service of services) await service.start();
  const letters = async (count: number) => {
    let nodes: DeadLetter[] = [];
    await vi.waitFor(async () => {
      ({ nodes } = await findDeadLetters(database.fork(), {}, { first: 100 }));
      expect(nodes).toHaveLength(count);
    }, soon);
    return nodes;
  };
  const send = (content: string | Buffer, messageId: string | null = null) =>
    link.publish({
      exchange: '',
      routingKey: queue,
      content: Buffer.from(content),
      properties: { messageId, headers: { colour: 'blue' } },
    });
  return {
    server,
    broker,
    database,
    link,
    handled,
    letters,
    send,
    async [Symbol.asyncDispose]() {
      for (const service of services) await service.stop();
      await broker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const events = (database: Database) =>
  database.query<{ payload: { dead_letter_id: string; state: string } }>(
    `SELECT payload FROM outbox WHERE type = 'message.dead_letter_changed' ORDER BY id`,
  );

test('a message that is given up is kept with everything that tells of it, and an event says so', async () => {
  await using it = await system();
  await it.send('{"n1": "one"}', 'm1');
  const [letter] = await it.letters(1);
  expect(letter).toMatchObject({
    service: 'test',
    queue,
    code: 'MESSAGE_INVALID',
    reason: expect.stringMatching(/n1 must be number/),
    messageId: 'm1',
    type: null,
    payload: '{"n1": "one"}',
    attempts: 1,
    state: 'NEW',
    replayedAt: null,
    replayedBy: null,
  });
  expect(JSON.parse(letter!.headers)).toEqual({ colour: 'blue' });
  expect(Math.abs(letter!.deadAt.getTime() - Date.now())).toBeLessThan(60_000);
  expect((await events(it.database)).map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ service: 'test', dead_letter_id: letter!.id, state: 'NEW' }),
  ]);
});

test('what another program rejects is kept too, by the queue’s policy', async () => {
  await using it = await system({ consume: false });
  const foreign = await it.broker.channel();
  await foreign.consume(queue, (message) => message && foreign.reject(message, false));
  await it.send('whatever');
  const [letter] = await it.letters(1);
  expect(letter).toMatchObject({
    service: 'test',
    queue,
    code: 'RETRIES_EXHAUSTED',
    reason: 'A consumer rejected it.',
    messageId: null,
    payload: 'whatever',
  });
});

test('the dead letters of every service are kept in one place, while its keeper is away too; whose one is that was put there by hand, nobody can tell', async () => {
  await using it = await system({ consume: false });
  const another = await it.broker.link(serviceTopology('another'));
  const give = (exchange: string, routingKey: string, from: string) =>
    another.publish({
      exchange,
      routingKey,
      content: Buffer.from(from),
      properties: { messageId: from, headers: { 'x-dead-letter-queue': from } },
      mandatory: true,
    });
  await give(deadLetterExchange, 'another', 'another.commands');
  await give('', deadLetterQueue, 'no.queue');
  const letters = await it.letters(2);
  expect(letters.map(({ service, queue }) => [service, queue]).toSorted()).toEqual([
    [null, 'no.queue'],
    ['another', 'another.commands'],
  ]);
});

test('what a keeper of its own dead letters alone has kept stays, as its own', async () => {
  await using server = await createTestDatabase();
  const before = await server.open({ migrations: [...platformMigrations, ...deadLetterMigrations.slice(0, 1)] });
  await before.query(
    `INSERT INTO dead_letter (death, queue, code, reason, body, headers, attempts, state, dead_at)
     VALUES ('d1', '${queue}', 'MESSAGE_INVALID', 'why', 'x', '{}', 1, 'NEW', now())`,
  );
  const now = await server.open({ migrations: [...platformMigrations, ...deadLetterMigrations] });
  expect((await findDeadLetters(now.fork(), { service: 'compute' }, { first: 10 })).nodes).toMatchObject([
    { service: 'compute', queue, payload: 'x' },
  ]);
});

test('bodies and names that are no text are kept as they are', async () => {
  await using it = await system();
  await it.send(Buffer.from([0xff, 0x00, 0x41]), 'with\u0000nul');
  const [letter] = await it.letters(1);
  expect(letter).toMatchObject({ payload: '\ufffd\u0000A', messageId: 'with\ufffdnul', code: 'MESSAGE_INVALID' });
  const [row] = await it.database.query<{ body: Buffer }>('SELECT body FROM dead_letter');
  expect(row!.body).toEqual(Buffer.from([0xff, 0x00, 0x41]));
});

test('equal messages without an id are each kept; one that is delivered again is kept once', async () => {
  await using it = await system();
  await it.send('garbage');
  await it.send('garbage');
  await it.letters(2);
  // The same dead letter twice, as after a crash between confirm and acknowledgement.
  const twice = {
    exchange: deadLetterExchange,
    routingKey: 'test',
    content: Buffer.from('x'),
    properties: {
      messageId: 'm1',
      headers: {
        'x-dead-letter-queue': queue,
        'x-dead-letter-code': 'INTERNAL',
        'x-dead-letter-reason': 'y',
        'x-dead-letter-death': 'same',
      },
    },
  };
  await it.link.publish(twice);
  await it.link.publish(twice);
  await it.letters(3);
  await vi.waitFor(async () => expect(await it.link.checkQueue(deadLetterQueue)).toMatchObject({ ready: 0 }), soon);
  await it.letters(3);
  expect(await events(it.database)).toHaveLength(3);
});

test('a replay with a mended body is handled, as the same message', async () => {
  await using it = await system();
  await it.send('{"n1": 1, "n2": 2}', 'm1');
  const [letter] = await it.letters(1);
  const payload = '{"n1": 1, "n2": 2, "request_id": "mended"}';
  const replayed = await it.database.transaction((em) => replayDeadLetter(em, letter!.id, { by: 'olga', payload }));
  expect(replayed).toMatchObject({ id: letter!.id, state: 'REPLAYED', replayedBy: 'olga', replayedAt: expect.any(Date) });
  await vi.waitFor(() => expect(it.handled).toEqual(['mended']), soon);
  expect(await getDeadLetter(it.database.fork(), letter!.id)).toMatchObject({ state: 'REPLAYED', messageId: 'm1' });
  expect((await events(it.database)).map(({ payload: { state } }) => state)).toEqual(['NEW', 'REPLAYED']);
});

test('a replay that fails again is the same dead letter, new again', async () => {
  await using it = await system();
  await it.send('still not JSON');
  const [letter] = await it.letters(1);
  for (let round = 1; round <= 2; round++) {
    await it.database.transaction((em) => replayDeadLetter(em, letter!.id, { by: 'olga' }));
    await vi.waitFor(
      async () => expect(await getDeadLetter(it.database.fork(), letter!.id)).toMatchObject({ state: 'NEW', attempts: 1 + round }),
      soon,
    );
  }
  const [again] = await it.letters(1);
  expect(again).toMatchObject({ id: letter!.id, payload: 'still not JSON', replayedBy: 'olga' });
});

test('dead letters are listed newest first, by page and filter, counted, and deleted', async () => {
  await using it = await system();
  for (let n = 0; n < 5; n++) await it.send(`garbage ${n}`, `m${n}`);
  const all = await it.letters(5);
  const em = it.database.fork();
  const first = await findDeadLetters(em, {}, { first: 3 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await findDeadLetters(em, {}, { first: 3, after: first.pageInfo.endCursor });
  expect(second.pageInfo.hasNextPage).toBe(false);
  expect([...first.nodes, ...second.nodes]).toEqual(all);
  expect(all.map(({ id }) => Number(id))).toEqual(all.map(({ id }) => Number(id)).toSorted((a, b) => b - a));
  await it.database.transaction((transaction) =>
    replayDeadLetter(transaction, all[0]!.id, { by: 'olga', payload: '{"n1":1,"n2":2,"request_id":"r"}' }),
  );
  const count = async (filter: DeadLetterFilter) => (await findDeadLetters(em, filter, { first: 1, counted: true })).totalCount();
  expect(await count({ state: 'REPLAYED' })).toBe(1);
  expect(await count({ queue: 'another' })).toBe(0);
  expect(await count({ service: 'another' })).toBe(0);
  expect(await count({ service: 'test', state: 'NEW' })).toBe(4);
  expect(await purgeDeadLetters(em, { state: 'NEW', queue })).toBe(4);
  expect((await findDeadLetters(em, {}, { first: 10 })).nodes.map(({ id }) => id)).toEqual([all[0]!.id]);
});

test('an id that is none finds nothing', async () => {
  await using it = await system({ consume: false });
  for (const id of ['', 'x', '-1', '1; DROP TABLE dead_letter', '99999999999999999999']) {
    expect(await getDeadLetter(it.database.fork(), id)).toBeNull();
    expect(await it.database.transaction((em) => replayDeadLetter(em, id, { by: 'olga' }))).toBeNull();
  }
});

test('an outage of the database delays dead letters and loses none', async () => {
  await using it = await system();
  for (let n = 0; n < 30; n++) {
    await it.send(`garbage ${n}`, `m${n}`);
    if (n % 10 === 5) await it.server.terminateSessions();
  }
  await it.letters(30);
  await vi.waitFor(async () => expect(await it.link.checkQueue(deadLetterQueue)).toMatchObject({ ready: 0, consumers: 1 }), soon);
});
