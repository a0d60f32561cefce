import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { openTunedClient } from './raw-client.ts';
import { consume, openRig, refusalOf, sendToQueue, textsOf, unique } from './rig.ts';

/** RabbitMQ refreshes its figures every five seconds. */
const figures = { timeout: 20_000, interval: 100 };

interface QueueFacts {
  name: string;
  messages: number;
  messages_ready: number;
  messages_unacknowledged: number;
  consumers: number;
  arguments: Record<string, unknown>;
  policy: string | null;
}

describeEveryBroker('management', (broker) => {
  test('the overview names the product and its version', async () => {
    const overview = await broker().management.get('overview');
    expect(overview.product_name).toBe(broker().kind === 'development' ? 'Comptoir development broker' : 'RabbitMQ');
    expect(overview.product_version ?? overview.rabbitmq_version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('the figures of a queue count what waits, what is with consumers, and the consumers', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = await rig.durableQueue({ 'x-message-ttl': 600_000 });
    await rig.channel.prefetch(2);
    await consume(rig.channel, queue);
    for (let index = 0; index < 5; index++) await sendToQueue(rig.channel, queue, 'x');
    await expect
      .poll(() => management.get<Partial<QueueFacts>>('queues', vhost, queue), figures)
      .toMatchObject({
        name: queue,
        messages: 5,
        messages_ready: 3,
        messages_unacknowledged: 2,
        consumers: 1,
        arguments: { 'x-message-ttl': 600_000 },
      });
  });

  test('the queues of a virtual host are listed, those of others are not', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = await rig.durableQueue();
    const other = unique('vhost');
    await management.put({}, 'vhosts', other);
    const names = async (name: string) => (await management.get<QueueFacts[]>('queues', name)).map((facts) => facts.name);
    expect(await names(vhost)).toContain(queue);
    expect(await names(other)).toEqual([]);
    await management.remove('vhosts', other);
  });

  test('a queue is deleted, its consumer told', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = await rig.durableQueue();
    const inbox = await consume(rig.channel, queue);
    await management.remove('queues', vhost, queue);
    await inbox.cancelled;
    await expect(rig.channel.checkQueue(queue)).rejects.toMatchObject({ code: 404 });
    expect(await management.status('DELETE', ['queues', vhost, queue])).toBe(404);
  });

  test('rights in a virtual host are given', async () => {
    const { management, vhost } = broker();
    expect(await management.put({ configure: '.*', write: '.*', read: '.*' }, 'permissions', vhost, 'guest')).toBe(204);
  });

  test('consumers are listed with queue, tag, prefetch and acknowledgement', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = await rig.durableQueue();
    await rig.channel.prefetch(7);
    await consume(rig.channel, queue, { consumerTag: 'listed' });
    const mine = async () =>
      (await management.get<{ queue: { name: string } }[]>('consumers', vhost)).filter((one) => one.queue.name === queue);
    await expect
      .poll(mine, figures)
      .toMatchObject([{ consumer_tag: 'listed', prefetch_count: 7, ack_required: true, queue: { name: queue, vhost } }]);
  });

  test('a connection is listed under its name and closed by force', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const mine = async () => (await management.get<{ name: string; vhost: string }[]>('connections')).filter((one) => one.vhost === vhost);
    await expect.poll(mine, figures).toMatchObject([{ user: 'guest', state: 'running' }]);
    const refusal = refusalOf(rig.connection);
    for (const { name } of await mine()) await management.remove('connections', name);
    expect((await refusal).code).toBe(320);
  });

  test('a virtual host is made once and deleted with everything in it', async () => {
    const { management } = broker();
    const name = unique('vhost/with a slash');
    expect([await management.put({}, 'vhosts', name), await management.put({}, 'vhosts', name)]).toEqual([201, 204]);
    const url = new URL(broker().url);
    url.pathname = `/${encodeURIComponent(name)}`;
    await using rig = await openRig({ ...broker(), url: url.href });
    const queue = await rig.durableQueue();
    expect(await management.get('queues', name, queue)).toMatchObject({ name: queue });
    const refusal = refusalOf(rig.connection);
    await management.remove('vhosts', name);
    expect((await refusal).code).toBe(320);
    expect(await management.status('GET', ['queues', name])).toBe(404);
  });

  test('a deleted virtual host lets nobody in until it is made again, empty', async () => {
    const { management } = broker();
    const name = unique('vhost');
    const url = new URL(`/${name}`, broker().url).href;
    await management.put({}, 'vhosts', name);
    {
      await using rig = await openRig({ ...broker(), url });
      await rig.channel.assertQueue('gone', { durable: true });
    }
    await management.remove('vhosts', name);
    {
      using client = await openTunedClient(broker());
      client.sendMethod(0, { name: 'connection.open', virtualHost: name });
      expect((await client.expect('connection.close')).replyCode).toBe(530);
    }
    await management.put({}, 'vhosts', name);
    await using rig = await openRig({ ...broker(), url });
    await expect(rig.channel.checkQueue('gone')).rejects.toMatchObject({ code: 404 });
    await management.remove('vhosts', name);
  });

  test('queues of one name in two virtual hosts have nothing to do with each other', async () => {
    const { management } = broker();
    const other = unique('vhost');
    await management.put({}, 'vhosts', other);
    await using here = await openRig(broker());
    await using there = await openRig({ ...broker(), url: new URL(`/${other}`, broker().url).href });
    const queue = await here.durableQueue();
    await there.channel.assertQueue(queue, { durable: true });
    await sendToQueue(here.channel, queue, 'here');
    await sendToQueue(there.channel, queue, 'there');
    expect(textsOf(await (await consume(there.channel, queue)).reached(1))).toEqual(['there']);
    expect(textsOf(await (await consume(here.channel, queue)).reached(1))).toEqual(['here']);
    await management.remove('vhosts', other);
  });

  test('what does not exist is answered with 404', async () => {
    const { management, vhost } = broker();
    expect(await management.status('GET', ['queues', vhost, 'missing'])).toBe(404);
    expect(await management.status('GET', ['queues', 'missing'])).toBe(404);
    expect(await management.status('DELETE', ['vhosts', 'missing'])).toBe(404);
    expect(await management.status('DELETE', ['connections', 'missing'])).toBe(404);
    expect(await management.status('GET', ['policies', vhost, 'missing'])).toBe(404);
  });

  test('without the right password nothing is answered', async () => {
    const { management } = broker();
    expect(await management.status('GET', ['overview'], `Basic ${Buffer.from('guest:wrong').toString('base64')}`)).toBe(401);
  });
});
