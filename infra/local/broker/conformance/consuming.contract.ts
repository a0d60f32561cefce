import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { bounded, consume, drain, type Inbox, openRig, present, refusalOf, sendToQueue, textsOf, unique } from './rig.ts';

describeEveryBroker('consuming', (broker) => {
  test('a consumer holds no more deliveries than its prefetch and gets one more for each acknowledged', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await rig.channel.prefetch(2);
    const inbox = await consume(rig.channel, queue);
    for (let index = 0; index < 6; index++) await sendToQueue(rig.channel, queue, String(index));
    await inbox.reached(2);
    expect((await rig.channel.checkQueue(queue)).messageCount).toBe(4);
    expect(textsOf(inbox.messages)).toEqual(['0', '1']);
    rig.channel.ack(present(inbox.messages[0]));
    expect(textsOf(await inbox.reached(3))).toEqual(['0', '1', '2']);
    expect((await rig.channel.checkQueue(queue)).messageCount).toBe(3);
  });

  test('prefetch counts for each consumer of a channel by itself', async () => {
    await using rig = await openRig(broker());
    const [one, two] = [await rig.queue(), await rig.queue()];
    await rig.channel.prefetch(1);
    const [first, second] = [await consume(rig.channel, one), await consume(rig.channel, two)];
    for (const queue of [one, one, two, two]) await sendToQueue(rig.channel, queue, 'x');
    await Promise.all([first.reached(1), second.reached(1)]);
    expect((await rig.channel.checkQueue(one)).messageCount).toBe(1);
    expect((await rig.channel.checkQueue(two)).messageCount).toBe(1);
  });

  test('consumers of a queue are served in turn', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const acknowledge = { onMessage: (message: Inbox['messages'][number]) => rig.channel.ack(message) };
    const [first, second] = [await consume(rig.channel, queue, acknowledge), await consume(rig.channel, queue, acknowledge)];
    for (let index = 0; index < 10; index++) await sendToQueue(rig.channel, queue, 'x');
    expect(await first.reached(5)).toHaveLength(5);
    expect(await second.reached(5)).toHaveLength(5);
  });

  test('a consumer of higher priority is served first while it has room', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await rig.channel.prefetch(2);
    const low = await consume(rig.channel, queue, { priority: 1 });
    const high = await consume(rig.channel, queue, { priority: 9 });
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    expect(textsOf(await high.reached(2))).toEqual(['1', '2']);
    expect(textsOf(await low.reached(1))).toEqual(['3']);
  });

  test('a requeued message comes again, marked as redelivered', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const inbox = await consume(rig.channel, queue, {
      onMessage: (message) => (message.fields.redelivered ? rig.channel.ack(message) : rig.channel.nack(message)),
    });
    await sendToQueue(rig.channel, queue, 'x');
    const [first, second] = await inbox.reached(2);
    expect([first?.fields.redelivered, second?.fields.redelivered]).toEqual([false, true]);
  });

  test('requeued messages take their old places, before those that were never delivered', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (const content of ['1', '2', '3', '4', '5']) await sendToQueue(rig.channel, queue, content);
    const taken = [];
    for (let index = 0; index < 3; index++) taken.push(present(await rig.channel.get(queue)));
    for (const index of [2, 0, 1]) rig.channel.nack(present(taken[index]), false, true);
    expect(await drain(rig.channel, queue)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('an acknowledgement with multiple covers all deliveries up to it', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const worker = await rig.openChannel();
    const inbox = await consume(worker, queue);
    for (const content of ['1', '2', '3', '4']) await sendToQueue(rig.channel, queue, content);
    const messages = await inbox.reached(4);
    worker.ack(present(messages[2]), true);
    await worker.close();
    expect(await drain(rig.channel, queue)).toEqual(['4']);
  });

  test('a negative acknowledgement with multiple gives all deliveries up to it back', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    const inbox = await consume(rig.channel, queue);
    const messages = await inbox.reached(3);
    await rig.channel.cancel(inbox.consumerTag);
    rig.channel.nack(present(messages[1]), true, true);
    expect(await drain(rig.channel, queue)).toEqual(['1', '2']);
  });

  test('ackAll settles everything the channel holds', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const worker = await rig.openChannel();
    const inbox = await consume(worker, queue);
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    await inbox.reached(3);
    worker.ackAll();
    await worker.close();
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('what a closed channel held goes back to the queue, redelivered', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const worker = await rig.openChannel();
    const inbox = await consume(worker, queue);
    await sendToQueue(rig.channel, queue, 'x');
    await inbox.reached(1);
    await worker.close();
    const message = await rig.channel.get(queue, { noAck: true });
    expect(present(message).fields.redelivered).toBe(true);
  });

  test('what a closed connection held goes to the next consumer, redelivered and in order', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue();
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    const leaving = await openRig(broker());
    await (await consume(leaving.channel, queue)).reached(3);
    const next = await consume(rig.channel, queue);
    await leaving.connection.close();
    const messages = await next.reached(3);
    expect(textsOf(messages)).toEqual(['1', '2', '3']);
    expect(messages.every(({ fields }) => fields.redelivered)).toBe(true);
  });

  test('recover brings back everything that is not acknowledged', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const inbox = await consume(rig.channel, queue);
    await sendToQueue(rig.channel, queue, 'x');
    await inbox.reached(1);
    await rig.channel.recover();
    const messages = await inbox.reached(2);
    expect(messages[1]?.fields.redelivered).toBe(true);
  });

  test('nothing is delivered after a consumer is cancelled', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const inbox = await consume(rig.channel, queue);
    await rig.channel.cancel(inbox.consumerTag);
    await sendToQueue(rig.channel, queue, 'x');
    expect((await rig.channel.checkQueue(queue)).messageCount).toBe(1);
    expect(inbox.messages).toEqual([]);
  });

  test('what a cancelled consumer holds can still be acknowledged', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const worker = await rig.openChannel();
    const inbox = await consume(worker, queue);
    await sendToQueue(rig.channel, queue, 'x');
    const [message] = await inbox.reached(1);
    await worker.cancel(inbox.consumerTag);
    worker.ack(present(message));
    await worker.close();
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('a consumer is told when its queue is deleted', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue();
    const inbox = await consume(rig.channel, queue);
    await rig.channel.deleteQueue(queue);
    await inbox.cancelled;
  });

  test('with noAck a message is gone once it is delivered', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const worker = await rig.openChannel();
    const inbox = await consume(worker, queue, { noAck: true });
    await sendToQueue(rig.channel, queue, 'x');
    await inbox.reached(1);
    await worker.close();
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('a single active consumer gets everything until it leaves; then the next one does', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-single-active-consumer': true } });
    const first = await consume(rig.channel, queue, { noAck: true });
    const second = await consume(rig.channel, queue, { noAck: true });
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    expect(textsOf(await first.reached(3))).toEqual(['1', '2', '3']);
    await rig.channel.cancel(first.consumerTag);
    await sendToQueue(rig.channel, queue, '4');
    expect(textsOf(await second.reached(1))).toEqual(['4']);
  });

  test('an exclusive consumer keeps others away with 403', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await consume(rig.channel, queue, { exclusive: true });
    const other = await rig.openChannel();
    await expect(consume(other, queue)).rejects.toMatchObject({ code: 403 });
  });

  test('nobody becomes the exclusive consumer of a queue that is consumed', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await consume(rig.channel, queue);
    const other = await rig.openChannel();
    await expect(consume(other, queue, { exclusive: true })).rejects.toMatchObject({ code: 403 });
  });

  test('a consumer tag used twice on a channel closes the connection with 530', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const refusal = refusalOf(rig.connection);
    await consume(rig.channel, queue, { consumerTag: 'mine' });
    await expect(consume(rig.channel, queue, { consumerTag: 'mine' })).rejects.toThrow();
    expect((await refusal).code).toBe(530);
  });

  test('get takes the oldest message and says how many are left', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    const message = present(await rig.channel.get(queue, { noAck: true }));
    expect([message.content.toString(), message.fields.messageCount]).toEqual(['1', 2]);
  });

  test('get from an empty queue returns nothing', async () => {
    await using rig = await openRig(broker());
    expect(await rig.channel.get(await rig.queue())).toBe(false);
  });

  test('purge drops what waits, counts it and leaves what is with a consumer', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    const held = present(await rig.channel.get(queue));
    expect((await rig.channel.purgeQueue(queue)).messageCount).toBe(2);
    rig.channel.nack(held);
    expect(await drain(rig.channel, queue)).toEqual(['1']);
  });

  test('an auto-delete queue goes with its last consumer', async () => {
    await using rig = await openRig(broker());
    const queue = unique('auto');
    await rig.channel.assertQueue(queue, { autoDelete: true, durable: true });
    const [one, two] = [await consume(rig.channel, queue), await consume(rig.channel, queue)];
    await rig.channel.cancel(one.consumerTag);
    await rig.channel.checkQueue(queue);
    await rig.channel.cancel(two.consumerTag);
    await expect(rig.channel.checkQueue(queue)).rejects.toMatchObject({ code: 404 });
  });

  test('a reply goes straight back to who asked', async () => {
    await using asking = await openRig(broker());
    await using answering = await openRig(broker());
    const queue = await asking.durableQueue();
    await consume(answering.channel, queue, {
      noAck: true,
      onMessage: ({ content, properties }) => answering.channel.sendToQueue(properties.replyTo, Buffer.from(`${content} pong`)),
    });
    const replies = await consume(asking.channel, 'amq.rabbitmq.reply-to', { noAck: true });
    await sendToQueue(asking.channel, queue, 'ping', { replyTo: 'amq.rabbitmq.reply-to' });
    expect(textsOf(await replies.reached(1))).toEqual(['ping pong']);
  });

  test('a reply to somebody who has left is unroutable', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const asking = await rig.openChannel();
    const replies = await consume(asking, 'amq.rabbitmq.reply-to', { noAck: true });
    await sendToQueue(asking, queue, 'ping', { replyTo: 'amq.rabbitmq.reply-to' });
    const question = present(await rig.channel.get(queue, { noAck: true }));
    await asking.close();
    const returned = bounded('the return', (resolve) => rig.channel.once('return', resolve));
    await sendToQueue(rig.channel, question.properties.replyTo, 'pong', { mandatory: true });
    await returned;
    expect(replies.messages).toEqual([]);
  });

  test('replies are consumed without acknowledgement only', async () => {
    await using rig = await openRig(broker());
    await expect(consume(rig.channel, 'amq.rabbitmq.reply-to')).rejects.toMatchObject({ code: 406 });
  });

  test('asking for a reply without consuming replies is refused with 406', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const refusal = refusalOf(rig.channel);
    await expect(sendToQueue(rig.channel, queue, 'ping', { replyTo: 'amq.rabbitmq.reply-to' })).rejects.toThrow();
    expect((await refusal).code).toBe(406);
  });
});
