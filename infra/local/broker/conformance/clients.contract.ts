import { type AsyncMessage, Connection } from 'rabbitmq-client';
import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { bounded, consume, openRig, textsOf, unique } from './rig.ts';

describeEveryBroker('other clients', (broker) => {
  test('rabbitmq-client declares, publishes with confirms, consumes and acknowledges', async () => {
    const client = new Connection(broker().url);
    const queue = unique('second');
    const handled: AsyncMessage[] = [];
    const consumer = client.createConsumer(
      {
        queue,
        queueOptions: { durable: true },
        qos: { prefetchCount: 2 },
        exchanges: [{ exchange: queue, type: 'topic', durable: true }],
        queueBindings: [{ exchange: queue, routingKey: 'calcul.*' }],
      },
      async (message) => void handled.push(message),
    );
    const publisher = client.createPublisher({ confirm: true, maxAttempts: 1 });
    await bounded('the consumer', (resolve) => consumer.on('ready', () => resolve(undefined)));
    await publisher.send({ exchange: queue, routingKey: 'calcul.worker', messageId: 'm-1', durable: true }, { n1: 42, n2: 7 });
    await expect.poll(() => handled).toMatchObject([{ body: { n1: 42, n2: 7 }, messageId: 'm-1', routingKey: 'calcul.worker' }]);
    await consumer.close();
    expect((await client.queueDeclare({ queue, passive: true })).messageCount).toBe(0);
    await publisher.close();
    await client.close();
  });

  test('amqplib and rabbitmq-client understand each other', async () => {
    await using rig = await openRig(broker());
    const client = new Connection(broker().url);
    const queue = await rig.durableQueue();
    const inbox = await consume(rig.channel, queue, { noAck: true });
    const publisher = client.createPublisher({ confirm: true });
    await publisher.send(queue, 'from the second client');
    expect(textsOf(await inbox.reached(1))).toEqual(['from the second client']);
    await publisher.close();
    await client.close();
  });

  test('rabbitmq-client asks and is answered over direct replies', async () => {
    await using rig = await openRig(broker());
    const client = new Connection(broker().url);
    const queue = await rig.durableQueue();
    await consume(rig.channel, queue, {
      noAck: true,
      onMessage: ({ properties }) =>
        rig.channel.sendToQueue(properties.replyTo, Buffer.from('pong'), { correlationId: properties.correlationId }),
    });
    const rpc = client.createRPCClient({ confirm: true });
    expect(String((await rpc.send(queue, 'ping')).body)).toBe('pong');
    await rpc.close();
    await client.close();
  });

  test('the name of a connection is shown', async () => {
    const connectionName = unique('named');
    const client = new Connection({ url: broker().url, connectionName });
    await bounded('the connection', (resolve) => client.on('connection', () => resolve(undefined)));
    const names = async () =>
      (await broker().management.get<{ client_properties: { connection_name?: string } }[]>('connections')).map(
        ({ client_properties }) => client_properties.connection_name,
      );
    await expect.poll(names, { timeout: 20_000, interval: 100 }).toContain(connectionName);
    await client.close();
  });
});
