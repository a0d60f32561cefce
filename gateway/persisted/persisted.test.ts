import { createHash } from 'node:crypto';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { expect, test } from 'vitest';
import { createPersistedOperations, type PersistedMode } from './persisted.ts';
import { createPersistedStore } from './store.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const by = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });
const listed = '{ listed }';
const free = '{ free }';

function create(mode: PersistedMode) {
  const log = createLog({ service: 'gateway', level: 'silent' });
  const metrics = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  return createPersistedOperations(
    { mode, safelist: new Map([[sha(listed), listed]]) },
    { store: createPersistedStore(null, { log }), log, metrics },
  );
}

test('a text that came with its digest is known by it from then on', async () => {
  const { read } = create('off');
  await expect(read({ extensions: by(sha(free)) }, [])).rejects.toMatchObject({
    message: 'PersistedQueryNotFound',
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
  });
  expect(await read({ query: free, extensions: by(sha(free)) }, [])).toBe(free);
  expect(await read({ extensions: by(sha(free)) }, [])).toBe(free);
  expect(await read({ query: '', extensions: by(sha(free)) }, [])).toBe(free);
});

test('who has no credential is answered, but what he sends is not kept', async () => {
  const { read } = create('off');
  expect(await read({ query: free, extensions: by(sha(free)) }, null)).toBe(free);
  await expect(read({ extensions: by(sha(free)) }, null)).rejects.toThrow('PersistedQueryNotFound');
  await expect(read({ extensions: by(sha(free)) }, [])).rejects.toThrow('PersistedQueryNotFound');
  expect(await read({ extensions: by(sha(listed)) }, null)).toBe(listed);
});

test('a text is never kept under another digest than its own', async () => {
  const { read } = create('off');
  await expect(read({ query: free, extensions: by(sha(listed)) }, [])).rejects.toThrow('sha does not match');
  expect(await read({ extensions: by(sha(listed)) }, [])).toBe(listed);
});

test('what is no digest is refused, and who names no operation gets none', async () => {
  const { read } = create('off');
  await expect(read({ extensions: by('x'.repeat(64)) }, [])).rejects.toThrow('SHA-256');
  await expect(read({ extensions: by(sha(free), 2) }, [])).rejects.toThrow('version');
  await expect(read({ extensions: { persistedQuery: null } }, [])).rejects.toThrow('version');
  expect(await read({ extensions: {} }, [])).toBeNull();
  expect(await read({ query: 5 }, [])).toBeNull();
});

test('in mode only, what is listed is answered by text and by digest, and nothing else', async () => {
  const { read } = create('only');
  expect(await read({ query: listed }, ['CLERK'])).toBe(listed);
  expect(await read({ extensions: by(sha(listed)) }, ['CLERK'])).toBe(listed);
  for (const operation of [
    { query: free },
    { query: free, extensions: by(sha(free)) },
    { extensions: by(sha(free)) },
    { query: `${listed} ` },
  ])
    await expect(read(operation, ['ADMIN'])).rejects.toMatchObject({ code: 'OPERATION_NOT_LISTED' });
});

test('in mode only, systems of other companies ask freely', async () => {
  const { read } = create('only');
  expect(await read({ query: free, extensions: by(sha(free)) }, ['INTEGRATION'])).toBe(free);
  expect(await read({ extensions: by(sha(free)) }, ['INTEGRATION'])).toBe(free);
  // What they registered is no way in for others.
  await expect(read({ extensions: by(sha(free)) }, ['ADMIN'])).rejects.toMatchObject({ code: 'OPERATION_NOT_LISTED' });
});

test('in mode log-only everything is answered', async () => {
  const { read } = create('log-only');
  expect(await read({ query: free }, [])).toBe(free);
});
