import type { IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { createRequestLogs } from './request-log.ts';

function setUp(level: string) {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const asked: unknown[] = [];
  const logs = createRequestLogs(createLog({ service: 'test', level }, destination), (raw) => {
    asked.push(raw);
    return { requestId: (raw as { id?: string }).id, apiKey: 'not to be told' };
  });
  return { lines, asked, of: (id: string) => logs({ id } as unknown as IncomingMessage) };
}

test('every line carries the fields of its own request, without what must not be told', () => {
  const { lines, of } = setUp('info');
  const [a, b] = [of('a'), of('b')];
  a.info({ event: 'one' }, 'first');
  b.warn({ event: 'two' }, 'second');
  a.child({ part: 'x' }).error({ event: 'three' }, 'third');
  a.info('fourth');
  expect(lines).toMatchObject([
    { requestId: 'a', apiKey: '[redacted]', event: 'one', level: 'info', service: 'test' },
    { requestId: 'b', event: 'two', level: 'warn' },
    { requestId: 'a', part: 'x', event: 'three' },
    { requestId: 'a', msg: 'fourth' },
  ]);
  expect(lines[3]).not.toHaveProperty('part');
});

test('what is not wanted is not written, and the fields are asked for once and only then', () => {
  const { lines, asked, of } = setUp('warn');
  const log = of('a');
  log.info({ event: 'unwanted' }, 'unwanted');
  expect([lines, asked]).toEqual([[], []]);
  log.warn('wanted');
  log.error('wanted, too');
  expect(lines.map(({ requestId }) => requestId)).toEqual(['a', 'a']);
  expect(asked).toHaveLength(1);
});
