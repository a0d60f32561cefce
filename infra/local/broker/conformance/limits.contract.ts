import { expect, test, vi } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { consume, deathsOf, drain, openRig, present, sendToQueue, textsOf, unique } from './rig.ts';

describeEveryBroker('limits of queues', (broker) => {
  test('a full queue drops its oldest message', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-max-length': 2 } });
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    expect(await drain(rig.channel, queue)).toEqual(['2', '3']);
  });

  test('a limit in bytes counts the content', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-max-length-bytes': 10 } });
    for (const content of ['11111', '22222', '33333']) await sendToQueue(rig.channel, queue, content);
    expect(await drain(rig.channel, queue)).toEqual(['22222', '33333']);
  });

  test('with reject-publish a full queue refuses new messages by a negative confirm', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } });
    await sendToQueue(rig.channel, queue, '1');
    await expect(sendToQueue(rig.channel, queue, '2')).rejects.toThrow();
    expect(await drain(rig.channel, queue)).toEqual(['1']);
    await sendToQueue(rig.channel, queue, '3');
    expect(await drain(rig.channel, queue)).toEqual(['3']);
  });

  test('with reject-publish-dlx the refused message goes to the dead letters', async () => {
    await using rig = await openRig(broker());
    const dead = await rig.queue();
    const queue = await rig.queue({
      arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish-dlx', 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': dead },
    });
    await sendToQueue(rig.channel, queue, '1');
    await expect(sendToQueue(rig.channel, queue, '2')).rejects.toThrow();
    const [message] = await (await consume(rig.channel, dead, { noAck: true })).reached(1);
    expect([message?.content.toString(), deathsOf(message)[0]?.reason]).toEqual(['2', 'maxlen']);
  });

  test('a message that one of its queues refuses reaches the others', async () => {
    await using rig = await openRig(broker());
    const full = await rig.queue({ arguments: { 'x-max-length': 0, 'x-overflow': 'reject-publish' } });
    const [open, exchange] = [await rig.queue(), await rig.exchange('fanout')];
    for (const queue of [full, open]) await rig.channel.bindQueue(queue, exchange, '');
    const confirm = new Promise((resolve) => rig.channel.publish(exchange, '', Buffer.from('x'), {}, resolve));
    expect(await confirm).toBeInstanceOf(Error);
    const inbox = await consume(rig.channel, open, { noAck: true });
    expect(textsOf(await inbox.reached(1))).toEqual(['x']);
  });

  test('higher priorities are delivered first, messages of one priority in order', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ maxPriority: 5 });
    const sent = [
      ['low', 1],
      ['none', undefined],
      ['high', 4],
      ['high too', 4],
      ['beyond', 200],
    ] as const;
    for (const [content, priority] of sent) await sendToQueue(rig.channel, queue, content, { priority });
    expect(await drain(rig.channel, queue)).toEqual(['beyond', 'high', 'high too', 'low', 'none']);
  });

  test('a requeued message keeps its priority', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ maxPriority: 5 });
    await sendToQueue(rig.channel, queue, 'low', { priority: 1 });
    const low = present(await rig.channel.get(queue));
    await sendToQueue(rig.channel, queue, 'high', { priority: 4 });
    rig.channel.nack(low);
    expect(await drain(rig.channel, queue)).toEqual(['high', 'low']);
  });

  test('priority means nothing in a queue without priorities', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (const priority of [1, 9]) await sendToQueue(rig.channel, queue, String(priority), { priority });
    expect(await drain(rig.channel, queue)).toEqual(['1', '9']);
  });

  test('a queue that nobody uses expires', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue({ 'x-expires': 100 });
    await vi.waitFor(
      async () => {
        // Looking at a queue can renew its lease, so each look leaves it more than that time.
        const channel = await rig.openChannel();
        await expect(channel.checkQueue(queue)).rejects.toMatchObject({ code: 404 });
      },
      { timeout: 5_000, interval: 500 },
    );
  });

  test('a queue that is consumed does not expire', async () => {
    await using rig = await openRig(broker());
    const [kept, gone] = [await rig.durableQueue({ 'x-expires': 100 }), await rig.durableQueue({ 'x-expires': 300 })];
    const inbox = await consume(rig.channel, kept, { noAck: true });
    await vi.waitFor(async () => expect((await rig.openChannel()).checkQueue(gone)).rejects.toMatchObject({ code: 404 }), {
      timeout: 5_000,
      interval: 700,
    });
    await sendToQueue(rig.channel, kept, 'x');
    expect(textsOf(await inbox.reached(1))).toEqual(['x']);
  });

  test('a quorum queue takes its arguments and keeps messages in order', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue({
      'x-queue-type': 'quorum',
      'x-delivery-limit': 5,
      'x-max-length': 100,
      'x-overflow': 'reject-publish',
      'x-dead-letter-exchange': '',
      'x-dead-letter-strategy': 'at-least-once',
      'x-single-active-consumer': true,
    });
    for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    expect(textsOf(await (await consume(rig.channel, queue)).reached(3))).toEqual(['1', '2', '3']);
  });

  test.each([
    ['priorities', { 'x-max-priority': 5 }, {}],
    ['an owner', {}, { exclusive: true }],
    ['no durability', {}, { durable: false }],
    ['auto-delete', {}, { autoDelete: true }],
  ])('a quorum queue with %s is refused with 406', async (_, args, flags) => {
    await using rig = await openRig(broker());
    const declared = rig.channel.assertQueue(unique('quorum'), {
      durable: true,
      ...flags,
      arguments: { 'x-queue-type': 'quorum', ...args },
    });
    await expect(declared).rejects.toMatchObject({ code: 406 });
  });

  test.each([
    ['x-delivery-limit on a classic queue', { 'x-delivery-limit': 3 }],
    ['a negative time to live', { 'x-message-ttl': -1 }],
    ['a time to live that is text', { 'x-message-ttl': 'long' }],
    ['an expiry of zero', { 'x-expires': 0 }],
    ['a negative length', { 'x-max-length': -1 }],
    ['priorities beyond 255', { 'x-max-priority': 256 }],
    ['an unknown overflow', { 'x-overflow': 'explode' }],
    ['a dead letter routing key without an exchange', { 'x-dead-letter-routing-key': 'key' }],
    ['a dead letter exchange that is no text', { 'x-dead-letter-exchange': 5 }],
    ['an unknown queue type', { 'x-queue-type': 'magic' }],
  ])('%s is refused with 406', async (_, args) => {
    await using rig = await openRig(broker());
    await expect(rig.channel.assertQueue(unique('queue'), { durable: true, arguments: args })).rejects.toMatchObject({ code: 406 });
  });

  test('an argument that no broker knows is ignored', async () => {
    await using rig = await openRig(broker());
    await expect(rig.durableQueue({ 'x-comptoir': 'anything' })).resolves.toBeDefined();
  });
});
