import { connect } from 'amqplib';
import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { consume, openRig, present, refusalOf, sendToQueue, unique } from './rig.ts';

describeEveryBroker('refusals', (broker) => {
  test('looking for a queue that is not there closes the channel with 404 and leaves the connection', async () => {
    await using rig = await openRig(broker());
    const closed = new Promise<void>((resolve) => rig.channel.once('close', resolve));
    await expect(rig.channel.checkQueue(unique('missing'))).rejects.toMatchObject({ code: 404 });
    await closed;
    await expect((await rig.openChannel()).checkExchange('amq.topic')).resolves.toBeDefined();
  });

  test('looking for an exchange that is not there is refused with 404', async () => {
    await using rig = await openRig(broker());
    await expect(rig.channel.checkExchange(unique('missing'))).rejects.toMatchObject({ code: 404 });
  });

  test.each([
    ['durability', { durable: false }],
    ['auto-delete', { durable: true, autoDelete: true }],
    ['another argument value', { durable: true, messageTtl: 2000 }],
    ['an argument left out', { durable: true }],
    ['an argument more', { durable: true, messageTtl: 1000, maxLength: 5 }],
  ])('a queue declared again with different %s is refused with 406', async (_, options) => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue({ 'x-message-ttl': 1000 });
    await expect(rig.channel.assertQueue(queue, options)).rejects.toMatchObject({ code: 406 });
  });

  test('a queue declared again the same way is the same queue', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue({ 'x-message-ttl': 60_000 });
    await sendToQueue(rig.channel, queue, 'x');
    expect(await rig.channel.assertQueue(queue, { durable: true, messageTtl: 60_000 })).toEqual({
      queue,
      messageCount: 1,
      consumerCount: 0,
    });
  });

  test('a documented queue can be declared plainly again, and not as a quorum queue', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue();
    await rig.channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'classic' } });
    await expect(rig.channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })).rejects.toMatchObject({
      code: 406,
    });
  });

  test('an exchange declared again as another type is refused with 406', async () => {
    await using rig = await openRig(broker());
    const exchange = await rig.exchange('topic', { autoDelete: false });
    await expect(rig.channel.assertExchange(exchange, 'fanout', { autoDelete: false })).rejects.toMatchObject({ code: 406 });
  });

  test('an unknown exchange type closes the connection with 503', async () => {
    await using rig = await openRig(broker());
    const refusal = refusalOf(rig.connection);
    await expect(rig.channel.assertExchange(unique('magic'), 'x-magic')).rejects.toThrow();
    expect((await refusal).code).toBe(503);
  });

  test.each([
    ['declaring a queue amq.…', (rig) => rig.channel.assertQueue(`amq.${unique('mine')}`)],
    ['declaring a queue by the name the broker gave it', async (rig) => rig.channel.assertQueue(await rig.queue(), { exclusive: true })],
    ['declaring an exchange amq.…', (rig) => rig.channel.assertExchange(`amq.${unique('mine')}`, 'topic')],
    ['deleting amq.topic', (rig) => rig.channel.deleteExchange('amq.topic')],
    ['looking at the default exchange', (rig) => rig.channel.checkExchange('')],
    ['binding to the default exchange', async (rig) => rig.channel.bindQueue(await rig.queue(), '', 'key')],
  ] as [string, (rig: Awaited<ReturnType<typeof openRig>>) => Promise<unknown>][])('%s is refused with 403', async (_, attempt) => {
    await using rig = await openRig(broker());
    await expect(attempt(rig)).rejects.toMatchObject({ code: 403 });
  });

  test('binding to an exchange that is not there is refused with 404', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await expect(rig.channel.bindQueue(queue, unique('missing'), 'key')).rejects.toMatchObject({ code: 404 });
  });

  test('consuming a queue that is not there is refused with 404', async () => {
    await using rig = await openRig(broker());
    await expect(consume(rig.channel, unique('missing'))).rejects.toMatchObject({ code: 404 });
  });

  test('acknowledging twice closes the channel with 406', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const refusal = refusalOf(rig.channel);
    await consume(rig.channel, queue, {
      onMessage: (message) => {
        rig.channel.ack(message);
        rig.channel.ack(message);
      },
    });
    await sendToQueue(rig.channel, queue, 'x');
    expect((await refusal).code).toBe(406);
  });

  test('acknowledging on another channel than the one delivered on closes it with 406', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await sendToQueue(rig.channel, queue, 'x');
    const message = present(await rig.channel.get(queue));
    const other = await rig.openChannel();
    const refusal = refusalOf(other);
    other.ack(message);
    expect((await refusal).code).toBe(406);
  });

  test.each([
    ['looks at', (rig, queue) => rig.channel.checkQueue(queue)],
    ['consumes', (rig, queue) => consume(rig.channel, queue)],
    ['declares', (rig, queue) => rig.channel.assertQueue(queue, { exclusive: true })],
    ['deletes', (rig, queue) => rig.channel.deleteQueue(queue)],
    ['purges', (rig, queue) => rig.channel.purgeQueue(queue)],
  ] as [string, (rig: Awaited<ReturnType<typeof openRig>>, queue: string) => Promise<unknown>][])(
    'a connection that %s an exclusive queue of another is refused with 405',
    async (_, attempt) => {
      await using owner = await openRig(broker());
      await using other = await openRig(broker());
      const { queue } = await owner.channel.assertQueue(unique('mine'), { exclusive: true });
      await expect(attempt(other, queue)).rejects.toMatchObject({ code: 405 });
    },
  );

  test('an exclusive queue goes with its connection', async () => {
    await using rig = await openRig(broker());
    const owner = await openRig(broker());
    const queue = await owner.queue();
    await owner.connection.close();
    await expect(rig.channel.checkQueue(queue)).rejects.toMatchObject({ code: 404 });
  });

  test('a queue with messages is not deleted with if-empty', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await sendToQueue(rig.channel, queue, 'x');
    await expect(rig.channel.deleteQueue(queue, { ifEmpty: true })).rejects.toMatchObject({ code: 406 });
  });

  test('a queue with consumers is not deleted with if-unused', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await consume(rig.channel, queue);
    await expect(rig.channel.deleteQueue(queue, { ifUnused: true })).rejects.toMatchObject({ code: 406 });
  });

  test('a wrong password is refused at login', async () => {
    const url = new URL(broker().url);
    url.password = 'wrong';
    await expect(connect(url.href, { noDelay: true })).rejects.toThrow(/403|ACCESS.REFUSED/);
  });
});
