/** The floor: publish → work → publish → consume with amqplib alone, no database, no graph. */
import { createResources } from '@comptoir/e2e/resources.ts';
import { type ConfirmChannel, connect } from 'amqplib';

const queues = { tasks: 'bench_tasks', results: 'bench_results' };

export interface BareLoop extends AsyncDisposable {
  /** Milliseconds until so many tasks, published at once, have all been answered. */
  batch(count: number): Promise<number>;
  /** Milliseconds from publishing one task to its answer. */
  single(): Promise<number>;
}

/** As many workers as the system under test has, each with a connection of its own and prefetch 1. */
export async function startBareLoop(url: string, workers: number): Promise<BareLoop> {
  const resources = createResources();
  const open = async (): Promise<ConfirmChannel> => {
    const connection = await connect(url, { noDelay: true });
    resources.defer(() => connection.close());
    const channel = await connection.createConfirmChannel();
    for (const queue of Object.values(queues)) await channel.assertQueue(queue, { durable: true });
    return channel;
  };
  for (let i = 0; i < workers; i++) {
    const channel = await open();
    await channel.prefetch(1);
    await channel.consume(queues.tasks, (message) => {
      if (!message) return;
      const task = JSON.parse(message.content.toString());
      const result = Buffer.from(JSON.stringify({ ...task, result: task.n1 + task.n2 }));
      channel.sendToQueue(queues.results, result, { persistent: true }, (error) => {
        if (!error) channel.ack(message);
      });
    });
  }
  const publisher = await open();
  const consumer = await open();
  let missing = 0;
  let onDone: (() => void) | null = null;
  await consumer.consume(queues.results, (message) => {
    if (!message) return;
    JSON.parse(message.content.toString());
    consumer.ack(message);
    if (--missing === 0) onDone?.();
  });
  const batch = async (count: number) => {
    const startedAt = performance.now();
    missing = count;
    const done = new Promise<void>((resolve) => {
      onDone = resolve;
    });
    for (let i = 0; i < count; i++)
      publisher.sendToQueue(queues.tasks, Buffer.from(JSON.stringify({ n1: i, n2: 1, request_id: String(i) })), { persistent: true });
    await done;
    return performance.now() - startedAt;
  };
  return { batch, single: () => batch(1), [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose]() };
}
