import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { businessEvent, operationEvent } from './log-files.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

function setUp({ level, directory = temporaryFolder() }: { level?: string; directory?: string } = {}) {
  const output: string[] = [];
  const log = createLog({ service: 'test', level, format: 'json', directory }, { write: (line: string) => void output.push(line) });
  const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    log,
    output: () => parsed(output),
    lines(name: string) {
      const file = readdirSync(directory).find((each) => new RegExp(`^${name}_\\d{4}-\\d\\d-\\d\\d\\.log$`).test(each));
      return file ? parsed(readFileSync(join(directory, file), 'utf8').trimEnd().split('\n')) : [];
    },
  };
}

test('a log directory gets requests, business and errors in a file each, and nothing else', async () => {
  const { log, lines } = setUp();
  log.info({ event: 'http_request', method: 'GET', endpoint: '/api/v1/stores', status: 200, durationMs: 3.1 }, 'GET /api/v1/stores 200');
  log.child({ requestId: 'r1' }).debug({ event: 'http_request', endpoint: '/health', durationMs: 0.2 }, 'GET /health 200');
  log.info({ event: operationEvent, type: 'query', durationMs: 0.4 }, 'WebSocket query ok');
  log.info({ event: 'service_started' }, 'started');
  log.debug(
    { event: businessEvent, operation: 'order.created', entityType: 'order', entityId: '7', details: { password: 'hunter2' } },
    'x',
  );
  log.warn({ event: 'slow' }, 'slow');
  log.error({ event: 'unexpected_error', reference: 'abc', err: new Error('outer', { cause: new Error('inner') }) }, 'unexpected error');
  await expect.poll(() => [lines('api').length, lines('business').length]).toEqual([3, 1]);
  expect(lines('api')).toMatchObject([
    { service: 'test', pid: process.pid, endpoint: '/api/v1/stores', durationMs: 3.1 },
    { requestId: 'r1', endpoint: '/health', durationMs: 0.2 },
    { type: 'query', durationMs: 0.4 },
  ]);
  expect(lines('business')).toMatchObject([
    { operation: 'order.created', entityType: 'order', entityId: '7', details: { password: '[redacted]' } },
  ]);
  expect(lines('errors')).toMatchObject([
    { reference: 'abc', err: { message: 'outer: inner', stack: expect.stringContaining('log-files.test.ts') } },
  ]);
});

test.each([
  ['silent', 0],
  ['error', 1],
  ['info', 2],
  ['debug', 3],
])('with the level %s standard output has %i of three lines, and the directory all', async (level, count) => {
  const { log, lines, output } = setUp({ level });
  log.debug({ event: businessEvent }, 'business');
  log.info({ event: 'http_request' }, 'request');
  log.error({ event: 'fault' }, 'fault');
  await expect.poll(() => ['api', 'business', 'errors'].map((name) => lines(name).length)).toEqual([1, 1, 1]);
  expect(output()).toHaveLength(count);
});

test('that a directory cannot be used is told on standard output, and ends nothing; so is that it can again', async () => {
  const directory = join(temporaryFolder(), 'logs');
  writeFileSync(directory, 'a file, where the folder is to be');
  const { log, output, lines } = setUp({ directory });
  log.error({ event: 'fault' }, 'fault');
  log.error({ event: 'fault' }, 'another');
  await expect.poll(() => output().map(({ event }) => event)).toEqual(['fault', 'fault', 'log_files_failed']);
  expect(output()[2]).toMatchObject({ level: 'error', directory, err: { code: 'EEXIST' } });
  rmSync(directory);
  await expect.poll(() => output()[3]).toMatchObject({ level: 'warn', event: 'log_files_back', directory, lost: 0 });
  expect(lines('errors').map(({ event }) => event)).toEqual(['fault', 'fault', 'log_files_failed']);
});
