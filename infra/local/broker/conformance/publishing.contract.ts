import { randomBytes } from 'node:crypto';
import type { Message } from 'amqplib';
import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { bounded, consume, drain, openRig, refusalOf, send, sendToQueue, textsOf, unique } from './rig.ts';

describeEveryBroker('publishing', (broker) => {
  test('every message of a confirm channel is confirmed and in its queue then', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    for (let index = 0; index < 50; index++) rig.channel.sendToQueue(queue, Buffer.from('x'));
    await rig.channel.waitForConfirms();
    expect((await rig.channel.checkQueue(queue)).messageCount).toBe(50);
  });

  test('each publish gets its own confirm', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await Promise.all(Array.from({ length: 20 }, () => sendToQueue(rig.channel, queue, 'x')));
    expect(await drain(rig.channel, queue)).toHaveLength(20);
  });

  test('an unroutable mandatory message is returned, and confirmed only after that', async () => {
    await using rig = await openRig(broker());
    const missing = unique('missing');
    const events: string[] = [];
    rig.channel.on('return', ({ fields, content }: Message) => events.push(`return ${fields.routingKey} ${content}`));
    await sendToQueue(rig.channel, missing, 'lost', { mandatory: true }).then(() => events.push('confirm'));
    expect(events).toEqual([`return ${missing} lost`, 'confirm']);
  });

  test('an unroutable message that is not mandatory is confirmed and not returned', async () => {
    await using rig = await openRig(broker());
    const returned: string[] = [];
    rig.channel.on('return', ({ content }: Message) => returned.push(content.toString()));
    await sendToQueue(rig.channel, unique('missing'), 'plain');
    await sendToQueue(rig.channel, unique('missing'), 'mandatory', { mandatory: true });
    expect(returned).toEqual(['mandatory']);
  });

  test('a returned message keeps its properties and says NO_ROUTE', async () => {
    await using rig = await openRig(broker());
    const returned = bounded<Message>('the return', (resolve) => rig.channel.once('return', resolve));
    await sendToQueue(rig.channel, unique('missing'), 'x', { mandatory: true, messageId: 'm-1', headers: { a: 1 } });
    const { fields, properties } = await returned;
    expect(fields).toMatchObject({ replyCode: 312, replyText: 'NO_ROUTE', exchange: '' });
    expect(properties).toMatchObject({ messageId: 'm-1', headers: { a: 1 } });
  });

  test('a message without content arrives', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    await sendToQueue(rig.channel, queue, '', { messageId: 'empty' });
    const inbox = await consume(rig.channel, queue, { noAck: true });
    const [message] = await inbox.reached(1);
    expect(message?.content).toHaveLength(0);
    expect(message?.properties.messageId).toBe('empty');
  });

  test('content larger than a frame arrives whole', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const content = randomBytes(1_000_000);
    await sendToQueue(rig.channel, queue, content);
    const [message] = await (await consume(rig.channel, queue, { noAck: true })).reached(1);
    expect(message?.content.equals(content)).toBe(true);
  });

  test.each([131_072 - 9, 131_072 - 8, 131_072 - 7, 2 * (131_072 - 8)])(
    'content of %i bytes, at the edge of a frame, arrives whole',
    async (size) => {
      await using rig = await openRig(broker());
      const queue = await rig.queue();
      const content = randomBytes(size);
      await sendToQueue(rig.channel, queue, content);
      const [message] = await (await consume(rig.channel, queue, { noAck: true })).reached(1);
      expect(message?.content.equals(content)).toBe(true);
    },
  );

  test('every property arrives as it was sent', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const properties = {
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      headers: { text: 'é', number: 7, fraction: 1.5, yes: true, nothing: null, nested: { list: [1, null, 'x', { deep: true }] } },
      deliveryMode: 2,
      correlationId: 'c-1',
      replyTo: 'somewhere',
      messageId: 'm-1',
      timestamp: 1_732_000_000,
      type: 'a.type',
      userId: 'guest',
      appId: 'an app',
    };
    await sendToQueue(rig.channel, queue, 'x', { ...properties, priority: 3 });
    const [message] = await (await consume(rig.channel, queue, { noAck: true })).reached(1);
    expect(message?.properties).toMatchObject({ ...properties, priority: 3 });
  });

  test('what is changed in the buffer after publish() does not change the message', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const content = Buffer.from('before');
    const confirmed = bounded('the confirm', (resolve) => rig.channel.sendToQueue(queue, content, {}, resolve));
    content.write('after!');
    await confirmed;
    expect(await drain(rig.channel, queue)).toEqual(['before']);
  });

  test('no delivery happens inside publish()', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    let publishing = true;
    const seen: boolean[] = [];
    const inbox = await consume(rig.channel, queue, { noAck: true, onMessage: () => seen.push(publishing) });
    rig.channel.sendToQueue(queue, Buffer.from('x'));
    publishing = false;
    await inbox.reached(1);
    expect(seen).toEqual([false]);
  });

  test('messages of one channel arrive in the order they were sent', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const sent = Array.from({ length: 500 }, (_, index) => String(index));
    const inbox = await consume(rig.channel, queue, { noAck: true });
    for (const content of sent) rig.channel.sendToQueue(queue, Buffer.from(content));
    expect(textsOf(await inbox.reached(500))).toEqual(sent);
  });

  test('a publish to a missing exchange closes the channel with 404 and nothing after it is taken', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const failing = await rig.openChannel();
    const refusal = refusalOf(failing);
    const before = sendToQueue(failing, queue, 'before').catch(() => undefined);
    failing.publish(unique('missing'), 'key', Buffer.from('x'));
    const after = sendToQueue(failing, queue, 'after');
    await expect(after).rejects.toThrow();
    expect((await refusal).code).toBe(404);
    await before;
    await sendToQueue(rig.channel, queue, 'on another channel');
    expect(await drain(rig.channel, queue)).toEqual(['before', 'on another channel']);
  });

  test('a publish to an internal exchange is refused with 403', async () => {
    await using rig = await openRig(broker());
    const exchange = await rig.exchange('fanout', { internal: true });
    const refusal = refusalOf(rig.channel);
    await expect(send(rig.channel, exchange, '', 'x')).rejects.toThrow();
    expect((await refusal).code).toBe(403);
  });

  test('a user id that is not the publisher is refused with 406', async () => {
    await using rig = await openRig(broker());
    const refusal = refusalOf(rig.channel);
    await expect(sendToQueue(rig.channel, 'any', 'x', { userId: 'somebody else' })).rejects.toThrow();
    expect((await refusal).code).toBe(406);
  });

  test('an expiration that is no number is refused with 406', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const refusal = refusalOf(rig.channel);
    await expect(sendToQueue(rig.channel, queue, 'x', { expiration: 'soon' })).rejects.toThrow();
    expect((await refusal).code).toBe(406);
  });

  test('an expiration below zero is refused with 406', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue();
    const refusal = refusalOf(rig.channel);
    await expect(sendToQueue(rig.channel, queue, 'x', { expiration: '-1' })).rejects.toThrow();
    expect((await refusal).code).toBe(406);
  });
});
