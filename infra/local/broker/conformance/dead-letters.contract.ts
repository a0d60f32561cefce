import { retryDelays } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { consume, deathsOf, drain, openRig, present, type Rig, send, sendToQueue, textsOf, unique } from './rig.ts';

/** A queue and the exchange that leads to it. */
async function deadLetterBox(rig: Rig): Promise<{ queue: string; exchange: string }> {
  const [queue, exchange] = [await rig.queue(), await rig.exchange('fanout')];
  await rig.channel.bindQueue(queue, exchange, '');
  return { queue, exchange };
}

describeEveryBroker('dead letters', (broker) => {
  test('a rejected message goes to the dead letter exchange and says where it died and why', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': dead.exchange } });
    const source = await rig.exchange('direct');
    await rig.channel.bindQueue(queue, source, 'key');
    await consume(rig.channel, queue, { onMessage: (message) => rig.channel.nack(message, false, false) });
    await send(rig.channel, source, 'key', 'x', { headers: { kept: 'yes' }, messageId: 'm-1' });
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ count: 1, reason: 'rejected', queue, exchange: source, 'routing-keys': ['key'] }]);
    expect(message?.properties).toMatchObject({
      messageId: 'm-1',
      headers: { kept: 'yes', 'x-first-death-reason': 'rejected', 'x-first-death-queue': queue, 'x-first-death-exchange': source },
    });
    expect(message?.fields).toMatchObject({ exchange: dead.exchange, routingKey: 'key', redelivered: false });
  });

  test('reject without requeue does the same as nack', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': dead.exchange } });
    await consume(rig.channel, queue, { onMessage: (message) => rig.channel.reject(message, false) });
    await sendToQueue(rig.channel, queue, 'x');
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ count: 1, reason: 'rejected', queue, exchange: '' }]);
  });

  test('the dead letter routing key of a queue replaces the one of the message', async () => {
    await using rig = await openRig(broker());
    const dead = await rig.queue();
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': dead } });
    await consume(rig.channel, queue, { onMessage: (message) => rig.channel.reject(message, false) });
    await sendToQueue(rig.channel, queue, 'x');
    const [message] = await (await consume(rig.channel, dead, { noAck: true })).reached(1);
    expect(message?.fields.routingKey).toBe(dead);
    expect(deathsOf(message)[0]?.['routing-keys']).toEqual([queue]);
  });

  test('a queue time to live sends a message on when it is over', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-message-ttl': 100, 'x-dead-letter-exchange': dead.exchange } });
    await sendToQueue(rig.channel, queue, 'x');
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ count: 1, reason: 'expired', queue }]);
  });

  test('a message expiration sends it on and is kept in x-death instead of the property', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': dead.exchange } });
    await sendToQueue(rig.channel, queue, 'x', { expiration: '100' });
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ reason: 'expired', 'original-expiration': '100' }]);
    expect(message?.properties.expiration).toBeUndefined();
  });

  test('the shorter of queue time to live and expiration holds', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-message-ttl': 100, 'x-dead-letter-exchange': dead.exchange } });
    await sendToQueue(rig.channel, queue, 'x', { expiration: '600000' });
    await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('only the head of a queue expires: what stands behind it waits', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': dead.exchange } });
    await sendToQueue(rig.channel, queue, 'long', { expiration: '400' });
    await sendToQueue(rig.channel, queue, 'short', { expiration: '1' });
    const messages = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(2);
    expect(textsOf(messages)).toEqual(['long', 'short']);
  });

  test('with a time to live of 0 a message reaches only a consumer that waits for it', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-message-ttl': 0 } });
    const inbox = await consume(rig.channel, queue, { noAck: true });
    await sendToQueue(rig.channel, queue, 'taken');
    await inbox.reached(1);
    await rig.channel.cancel(inbox.consumerTag);
    await sendToQueue(rig.channel, queue, 'dropped');
    expect(textsOf(inbox.messages)).toEqual(['taken']);
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('a message dropped for length goes to the dead letters with the reason maxlen', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-max-length': 1, 'x-dead-letter-exchange': dead.exchange } });
    await sendToQueue(rig.channel, queue, 'old');
    await sendToQueue(rig.channel, queue, 'new');
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(message?.content.toString()).toBe('old');
    expect(deathsOf(message)).toMatchObject([{ count: 1, reason: 'maxlen', queue }]);
  });

  test('a quorum queue gives a message up after its delivery limit', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.durableQueue({ 'x-queue-type': 'quorum', 'x-delivery-limit': 2, 'x-dead-letter-exchange': dead.exchange });
    const worker = await consume(rig.channel, queue, { onMessage: (message) => rig.channel.reject(message, true) });
    await sendToQueue(rig.channel, queue, 'x');
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(worker.messages).toHaveLength(3);
    expect(deathsOf(message)).toMatchObject([{ count: 1, reason: 'delivery_limit', queue }]);
  });

  test('a quorum queue says how often a message came back', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue({ 'x-queue-type': 'quorum' });
    const inbox = await consume(rig.channel, queue, {
      onMessage: (message) => (inbox.messages.length < 3 ? rig.channel.reject(message, true) : rig.channel.ack(message)),
    });
    await sendToQueue(rig.channel, queue, 'x', { headers: { kept: 1 } });
    const messages = await inbox.reached(3);
    expect(messages.map(({ properties }) => properties.headers?.['x-delivery-count'])).toEqual([undefined, 1, 2]);
    expect(messages[2]?.properties.headers).toMatchObject({ kept: 1 });
  });

  test('our retry: a message published to a retry exchange comes back to its queue with its routing key, and x-death counts', async () => {
    await using rig = await openRig(broker());
    const retry = unique(retryDelays[0].name);
    await rig.channel.assertExchange(retry, 'fanout', { durable: true });
    await rig.channel.assertQueue(retry, {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-message-ttl': 100, 'x-dead-letter-exchange': '' },
    });
    await rig.channel.bindQueue(retry, retry, '');
    const work = await rig.durableQueue();
    const inbox = await consume(rig.channel, work, {
      onMessage: (message) => {
        const { headers, messageId } = message.properties;
        if (inbox.messages.length < 3) rig.channel.publish(retry, work, message.content, { headers, messageId, persistent: true });
        rig.channel.ack(message);
      },
    });
    await sendToQueue(rig.channel, work, 'x', { messageId: 'm-1' });
    const messages = await inbox.reached(3);
    expect(messages.map(({ fields }) => [fields.exchange, fields.routingKey])).toEqual([
      ['', work],
      ['', work],
      ['', work],
    ]);
    expect(messages.map((message) => deathsOf(message)[0]?.count)).toEqual([undefined, 1, 2]);
    expect(deathsOf(messages[2])).toMatchObject([{ reason: 'expired', queue: retry, exchange: retry, 'routing-keys': [work] }]);
    expect(messages.map(({ properties }) => properties.messageId)).toEqual(['m-1', 'm-1', 'm-1']);
  });

  test('deaths in several queues are listed latest first, the first one by name too', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const second = await rig.queue({ arguments: { 'x-max-length': 0, 'x-dead-letter-exchange': dead.exchange } });
    const first = await rig.queue({
      arguments: { 'x-message-ttl': 50, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': second },
    });
    await sendToQueue(rig.channel, first, 'x');
    const [message] = await (await consume(rig.channel, dead.queue, { noAck: true })).reached(1);
    expect(deathsOf(message).map(({ queue, reason }) => [queue, reason])).toEqual([
      [second, 'maxlen'],
      [first, 'expired'],
    ]);
    expect(message?.properties.headers).toMatchObject({ 'x-first-death-queue': first, 'x-first-death-reason': 'expired' });
  });

  test('a message that only expires goes round once and is dropped then', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-message-ttl': 50, 'x-dead-letter-exchange': dead.exchange } });
    await rig.channel.bindQueue(queue, dead.exchange, '');
    await sendToQueue(rig.channel, queue, 'round');
    const inbox = await consume(rig.channel, dead.queue, { noAck: true });
    await inbox.reached(1);
    await sendToQueue(rig.channel, queue, 'fence');
    expect(textsOf(await inbox.reached(2))).toEqual(['round', 'fence']);
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('a rejected message may come back to the queue it was rejected from', async () => {
    await using rig = await openRig(broker());
    const queue = unique('again');
    await rig.channel.assertQueue(queue, { exclusive: true, arguments: { 'x-dead-letter-exchange': '' } });
    const inbox = await consume(rig.channel, queue, {
      onMessage: (message) => (inbox.messages.length < 3 ? rig.channel.reject(message, false) : rig.channel.ack(message)),
    });
    await sendToQueue(rig.channel, queue, 'x');
    const messages = await inbox.reached(3);
    expect(messages.map((message) => deathsOf(message)[0]?.count)).toEqual([undefined, 1, 2]);
  });

  test('a dead letter exchange that does not exist drops the message', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': unique('missing') } });
    await sendToQueue(rig.channel, queue, 'x');
    rig.channel.reject(present(await rig.channel.get(queue)), false);
    expect(await drain(rig.channel, queue)).toEqual([]);
  });

  test('acknowledged and purged messages do not become dead letters', async () => {
    await using rig = await openRig(broker());
    const dead = await deadLetterBox(rig);
    const queue = await rig.queue({ arguments: { 'x-dead-letter-exchange': dead.exchange } });
    for (const content of ['acknowledged', 'purged']) await sendToQueue(rig.channel, queue, content);
    rig.channel.ack(present(await rig.channel.get(queue)));
    await rig.channel.purgeQueue(queue);
    await sendToQueue(rig.channel, queue, 'fence');
    rig.channel.reject(present(await rig.channel.get(queue)), false);
    const inbox = await consume(rig.channel, dead.queue, { noAck: true });
    expect(textsOf(await inbox.reached(1))).toEqual(['fence']);
  });
});
