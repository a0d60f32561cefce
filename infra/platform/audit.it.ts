import { auditQueue } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { changesBetween, recordAudit } from './audit.ts';
import { createDatabase } from './database.ts';
import { createLog } from './log.ts';
import { platformMigrations } from './migrations.ts';
import { createTestDatabase } from './testing/database.ts';

const actor = { consumerId: 'staff:1', name: 'Zoé Exemple' };
const record = { actor, action: 'product.updated', entityType: 'product', entityId: 7, summary: 'Produit 7 modifié' };

test('an entry of the audit log is written with the change it tells of, and not without it', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await database.transaction((em) =>
    recordAudit(em, { ...record, storeIds: [1, '2'], changes: [{ field: 'price', before: 100, after: 200 }] }),
  );
  const undone = database.transaction(async (em) => {
    await recordAudit(em, record);
    throw new Error('the change failed');
  });
  await expect(undone).rejects.toThrow('the change failed');
  const written = await database.query('SELECT exchange, routing_key, type, mandatory, payload FROM outbox');
  expect(written).toEqual([
    {
      exchange: '',
      routing_key: auditQueue,
      type: 'audit.recorded',
      mandatory: true,
      payload: {
        timestamp: expect.any(String),
        actor_id: 'staff:1',
        actor_name: 'Zoé Exemple',
        action: 'product.updated',
        entity_type: 'product',
        entity_id: '7',
        store_ids: ['1', '2'],
        summary: 'Produit 7 modifié',
        changes: [{ field: 'price', before: 100, after: 200 }],
      },
    },
  ]);
});

test('the log of business tells of it once the change is committed, and not of one that was undone', async () => {
  await using server = await createTestDatabase();
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'test', level: 'debug', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const { url, prefix } = server;
  const database = createDatabase({ url, database: `${prefix}told`, migrations: platformMigrations }, { log });
  await database.start();
  const told = () => lines.filter(({ event }) => event === 'business');
  const undone = database.transaction(async (em) => {
    await recordAudit(em, record);
    throw new Error('the change failed');
  });
  await expect(undone).rejects.toThrow('the change failed');
  await database.transaction(async (em) => {
    await recordAudit(em, { ...record, changes: [{ field: 'price', before: 100, after: 200 }] });
    expect(told()).toEqual([]);
  });
  expect(told()).toMatchObject([
    {
      operation: 'product.updated',
      entityType: 'product',
      entityId: '7',
      userId: 'staff:1',
      user: 'Zoé Exemple',
      details: { summary: 'Produit 7 modifié', changes: [{ field: 'price', before: 100, after: 200 }] },
    },
  ]);
  await database.stop();
});

test('outside of a transaction nothing is recorded', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  await expect(recordAudit(database.fork(), record)).rejects.toThrow('in the transaction');
});

test('secrets are left out by the names of their fields, and long values are cut', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const changes = [
    { field: 'password', before: 'alt', after: 'neu' },
    { field: 'payment', after: { cardNumber: '4000000000000002', amount: 5 } },
    { field: 'description', after: 'x'.repeat(10_000) },
  ];
  await database.transaction((em) => recordAudit(em, { ...record, summary: 'y'.repeat(10_000), changes }));
  const [row] = await database.query<{ payload: { summary: string; changes: { after: string }[] } }>('SELECT payload FROM outbox');
  expect(row?.payload.changes.slice(0, 2)).toEqual([
    { field: 'password', before: '[redacted]', after: '[redacted]' },
    { field: 'payment', after: { cardNumber: '[redacted]', amount: 5 } },
  ]);
  expect(row?.payload.changes[2]?.after.length).toBeLessThan(2_010);
  expect(row?.payload.summary).toHaveLength(500);
});

test('changes are the fields of the new state that differ from the old one', () => {
  expect(changesBetween({ name: 'a', price: 1, tags: ['x'] }, { name: 'a', price: 2, tags: ['x'], note: 'new', gone: null })).toEqual([
    { field: 'price', before: 1, after: 2 },
    { field: 'note', before: undefined, after: 'new' },
  ]);
});
