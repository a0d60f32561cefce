import type { CalculationTask } from '@comptoir/schema/generated/messages.ts';
import { deadLetterQueue, mergeTopologies, serviceTopology } from '@comptoir/schema/topology.ts';
import type { ConsumeMessage } from 'amqplib';
import { createConsumer } from '../broker/consumer.ts';
import type { BrokerLink } from '../broker/link.ts';
import type { Message } from '../broker/message.ts';
import type { TestBroker } from './broker.ts';
import { testLog } from './log.ts';
import { shortRetries } from './retries.ts';

export const queue = 'task_queue_add';
export const retries = shortRetries([100, 200]);
export const topology = mergeTopologies(serviceTopology('test'), retries.topology, {
  exchanges: [],
  queues: [{ name: queue }],
  bindings: [],
});
export const soon = { timeout: 20_000, interval: 20 };

export type Task = Message<CalculationTask>;

const body = (id: string) => Buffer.from(JSON.stringify({ n1: 1, n2: 2, request_id: id }));

/** A task on the queue, or what is to be taken for one. */
export const send = (link: BrokerLink, id: string, content: Buffer = body(id)) =>
  link.publish({
    exchange: '',
    routingKey: queue,
    content,
    properties: { messageId: id, type: 'calculation.task', headers: { colour: 'blue' } },
    mandatory: true,
  });

/** A consumer of tasks that stops with the test. */
export const startConsumer = async (
  link: BrokerLink,
  handle: (message: Task, context: { signal: AbortSignal }) => Promise<void>,
  options: { prefetch?: number; stopTimeoutMs?: number; probe?: () => Promise<unknown> } = {},
) => {
  const consumer = createConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      prefetch: options.prefetch ?? 10,
      retryDelays: retries.retryDelays,
      stopTimeoutMs: options.stopTimeoutMs,
      handle,
    },
    { link, log: testLog(), probe: options.probe },
  );
  await consumer.start();
  return { ...consumer, [Symbol.asyncDispose]: () => consumer.stop() };
};

/** What is given up, as it comes. */
export async function deadLetters(broker: TestBroker): Promise<ConsumeMessage[]> {
  const channel = await broker.channel();
  const letters: ConsumeMessage[] = [];
  await channel.consume(deadLetterQueue, (message) => message && letters.push(message), { noAck: true });
  return letters;
}
