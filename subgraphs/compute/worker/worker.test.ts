import { parseConfig } from '@comptoir/platform/config.ts';
import { messageFaults } from '@comptoir/schema/messages.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toWorkerConfig, workerConfig } from './config.ts';
import { answer, workMs } from './work.ts';

const env = { AMQP_URL: 'amqp://localhost', WORKER_OPERATION: 'add' };
const times = { minSeconds: 5, maxSeconds: 15 };

test('an answer is a valid message, of the operation of the queue, whatever the task says', () => {
  const operand = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(operand, operand, (n1, n2) => {
      const result = answer({ n1, n2, operation: 'all', request_id: 'r', batch_id: 'b' }, { id: 'w', operation: 'div' }, 0.5);
      expect(messageFaults('calculation.result', JSON.parse(JSON.stringify(result)))).toEqual([]);
      expect(result).toMatchObject({
        operation: 'div',
        source: 'web',
        request_id: 'r',
        batch_id: 'b',
        worker_id: 'w',
        processing_time: 0.5,
      });
    }),
  );
});

test('simulated work is drawn evenly from its bounds, and none is done for a task of a batch', () => {
  const task = { n1: 1, n2: 1, request_id: 'r' };
  expect([0, 0.5, 1].map((drawn) => workMs(task, times, () => drawn))).toEqual([5_000, 10_000, 15_000]);
  expect(workMs({ ...task, batch_id: 'b' }, times)).toBe(0);
});

test('the name and the times of a worker have defaults, and what cannot be used is named', () => {
  expect(toWorkerConfig(parseConfig(workerConfig, env), { pid: 77, terminal: false })).toEqual({
    id: 'worker_add_77',
    operation: 'add',
    amqpUrl: 'amqp://localhost',
    host: '127.0.0.1',
    port: 0,
    pretty: null,
    ...times,
  });
  const odd = parseConfig(workerConfig, { ...env, WORKER_PROCESSING_TIME_MIN: '20' });
  expect(toWorkerConfig(odd, { pid: 1, terminal: true })).toMatchObject({ minSeconds: 20, maxSeconds: 20, pretty: 'single' });
  const told = (level: string) =>
    toWorkerConfig(parseConfig(workerConfig, { ...env, LOG_LEVEL: level }), { pid: 1, terminal: true }).pretty;
  expect(['debug', 'info', 'warn'].map(told)).toEqual(['all', 'single', 'none']);
  const unusable = () => parseConfig(workerConfig, { WORKER_OPERATION: 'pow', WORKER_PROCESSING_TIME_MAX: '-1' });
  for (const variable of ['AMQP_URL', 'WORKER_OPERATION', 'WORKER_PROCESSING_TIME_MAX']) expect(unusable).toThrow(variable);
});
