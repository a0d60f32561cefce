import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { runInTrace, startTrace } from './trace.ts';

function capture(format: 'json' | 'pretty' = 'json') {
  const lines: string[] = [];
  const log = createLog({ service: 'test', format, level: 'debug' }, { write: (line: string) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('the log', () => {
  it('writes an event with its fields as one line of JSON', () => {
    const { log, last } = capture();
    log.info({ event: 'batch_completed', batchId: 'b1' }, 'batch completed');
    expect(last()).toMatchObject({ level: 'info', service: 'test', event: 'batch_completed', batchId: 'b1', msg: 'batch completed' });
    expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('redacts secrets wherever they are in the fields', () => {
    const { log, lines } = capture();
    const secret = 'hunter2';
    log.info({ password: secret, headers: { Authorization: secret, 'X-API-Key': secret }, list: [{ deep: { cardNumber: secret } }] }, 'x');
    log.child({ request: { cookie: secret } }).info('x');
    log.info({ url: `amqp://guest:${secret}@localhost` }, 'x');
    log.error({ err: Object.assign(new Error('x'), { config: { password: secret } }) }, 'x');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('amqp://guest:***@localhost');
  });

  it('keeps an error with its stack and cause', () => {
    const { log, last } = capture();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'x');
    expect(last().err).toMatchObject({ type: 'Error', message: 'outer: inner', stack: expect.stringContaining('log.test.ts') });
  });

  it('bounds what it writes of an object that leads to itself', () => {
    const { log, last } = capture();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log.info({ loop }, 'x');
    expect(last().msg).toBe('x');
  });

  it('puts the id of the trace in hand on every line, and a child has its own', () => {
    const { log, lines } = capture();
    const trace = startTrace();
    runInTrace(trace, () => {
      log.info('within');
      log.child({ traceId: 'own' }).info('child');
    });
    log.info('outside');
    const ids = lines.map((line) => (JSON.parse(line) as { traceId?: string }).traceId);
    expect(ids).toEqual([trace.traceId, 'own', undefined]);
    expect(lines[1]?.match(/traceId/g)).toHaveLength(1);
  });
});
