import { policies } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { type BrokerUnderTest, describeEveryBroker } from './brokers.ts';
import { consume, deathsOf, drain, openRig, present, send, sendToQueue, unique } from './rig.ts';

/** RabbitMQ says up to five seconds later that a queue has a new policy: the tests that wait for that do so side by side. */
const applied = { timeout: 20_000, interval: 50 };

async function policyOf({ management, vhost }: BrokerUnderTest, queue: string): Promise<unknown> {
  return (await management.get('queues', vhost, queue)).policy ?? null;
}

/** Puts a policy on the queues of a prefix that nobody else uses; returns the prefix. */
async function putPolicy({ management, vhost }: BrokerUnderTest, definition: object): Promise<{ prefix: string; name: string }> {
  const prefix = unique('policed');
  await management.put({ pattern: `^${prefix}`, definition, 'apply-to': 'queues' }, 'policies', vhost, prefix);
  return { prefix, name: prefix };
}

describeEveryBroker('policies', (broker) => {
  test('a policy is written, read, listed and deleted', async () => {
    const { management, vhost } = broker();
    const name = unique('policy');
    const definition = { 'max-length': 5, 'dead-letter-exchange': 'somewhere' };
    const body = { pattern: '^never$', definition, priority: 3, 'apply-to': 'queues' };
    expect([await management.put(body, 'policies', vhost, name), await management.put(body, 'policies', vhost, name)]).toEqual([201, 204]);
    expect(await management.get('policies', vhost, name)).toMatchObject({ name, vhost, ...body });
    expect((await management.get<{ name: string }[]>('policies', vhost)).map((policy) => policy.name)).toContain(name);
    await management.remove('policies', vhost, name);
    expect(await management.status('GET', ['policies', vhost, name])).toBe(404);
  });

  test.concurrent('a policy gives dead letters to queues that are declared plainly', async ({ expect }) => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const dead = await rig.queue();
    const [policy] = policies;
    const { prefix } = await putPolicy(broker(), {
      ...present(policy).definition,
      'dead-letter-exchange': '',
      'dead-letter-routing-key': dead,
    });
    const { queue } = await rig.channel.assertQueue(prefix, { durable: true });
    await expect.poll(() => policyOf(broker(), queue), applied).toBe(prefix);
    await sendToQueue(rig.channel, queue, 'x');
    rig.channel.reject(present(await rig.channel.get(queue)), false);
    const [message] = await (await consume(rig.channel, dead, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ reason: 'rejected', queue }]);
    await management.remove('policies', vhost, prefix);
  });

  test.concurrent('a policy reaches queues that were there before, and leaves them when it is deleted', async ({ expect }) => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = await rig.durableQueue();
    await management.put({ pattern: `^${queue}$`, definition: { 'max-length': 1 }, 'apply-to': 'queues' }, 'policies', vhost, queue);
    await expect.poll(() => policyOf(broker(), queue), applied).toBe(queue);
    for (const content of ['1', '2']) await sendToQueue(rig.channel, queue, content);
    expect(await drain(rig.channel, queue)).toEqual(['2']);
    await management.remove('policies', vhost, queue);
    await expect.poll(() => policyOf(broker(), queue), applied).toBe(null);
    for (const content of ['1', '2']) await sendToQueue(rig.channel, queue, content);
    expect(await drain(rig.channel, queue)).toEqual(['1', '2']);
  });

  test.concurrent('a dead letter exchange in the arguments wins over the one of the policy', async ({ expect }) => {
    await using rig = await openRig(broker());
    const [byArgument, byPolicy] = [await rig.queue(), await rig.queue()];
    const { prefix } = await putPolicy(broker(), { 'dead-letter-exchange': '', 'dead-letter-routing-key': byPolicy });
    const args = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': byArgument };
    await rig.channel.assertQueue(prefix, { durable: true, arguments: args });
    await expect.poll(() => policyOf(broker(), prefix), applied).toBe(prefix);
    await sendToQueue(rig.channel, prefix, 'x');
    rig.channel.reject(present(await rig.channel.get(prefix)), false);
    await (await consume(rig.channel, byArgument, { noAck: true })).reached(1);
    expect(await drain(rig.channel, byPolicy)).toEqual([]);
  });

  test.concurrent('of two lengths the smaller one holds', async ({ expect }) => {
    await using rig = await openRig(broker());
    const { prefix } = await putPolicy(broker(), { 'max-length': 2 });
    const [less, more] = [`${prefix}-less`, `${prefix}-more`];
    await rig.channel.assertQueue(less, { durable: true, maxLength: 1 });
    await rig.channel.assertQueue(more, { durable: true, maxLength: 3 });
    await expect.poll(() => policyOf(broker(), more), applied).toBe(prefix);
    for (const queue of [less, more]) for (const content of ['1', '2', '3']) await sendToQueue(rig.channel, queue, content);
    expect([await drain(rig.channel, less), await drain(rig.channel, more)]).toEqual([['3'], ['2', '3']]);
  });

  test.concurrent('a time to live by policy sends messages on', async ({ expect }) => {
    await using rig = await openRig(broker());
    const dead = await rig.queue();
    const { prefix } = await putPolicy(broker(), { 'message-ttl': 50, 'dead-letter-exchange': '', 'dead-letter-routing-key': dead });
    await rig.channel.assertQueue(prefix, { durable: true });
    await expect.poll(() => policyOf(broker(), prefix), applied).toBe(prefix);
    await sendToQueue(rig.channel, prefix, 'x');
    const [message] = await (await consume(rig.channel, dead, { noAck: true })).reached(1);
    expect(deathsOf(message)).toMatchObject([{ reason: 'expired', queue: prefix }]);
  });

  test.concurrent('of two policies the one of higher priority applies', async ({ expect }) => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const queue = unique('contested');
    for (const [name, priority] of [
      [`${queue}-low`, 1],
      [`${queue}-high`, 9],
    ] as const) {
      await management.put(
        { pattern: `^${queue}`, definition: { 'max-length': priority }, priority, 'apply-to': 'queues' },
        'policies',
        vhost,
        name,
      );
    }
    await rig.channel.assertQueue(queue, { durable: true });
    await expect.poll(() => policyOf(broker(), queue), applied).toBe(`${queue}-high`);
  });

  test('an alternate exchange by policy takes what an exchange cannot route', async () => {
    await using rig = await openRig(broker());
    const { management, vhost } = broker();
    const [queue, alternate, name] = [await rig.queue(), await rig.exchange('fanout'), unique('policed')];
    await rig.channel.bindQueue(queue, alternate, '');
    const definition = { 'alternate-exchange': alternate };
    await management.put({ pattern: `^${name}`, definition, 'apply-to': 'exchanges' }, 'policies', vhost, name);
    await rig.channel.assertExchange(name, 'direct', { durable: true });
    await expect
      .poll(async () => {
        await send(rig.channel, name, 'unknown', 'x');
        return drain(rig.channel, queue);
      }, applied)
      .toEqual(['x']);
  });

  test.each([
    ['a pattern that is no regular expression', { pattern: '(', definition: { 'max-length': 1 } }],
    ['no definition', { pattern: '.*' }],
    ['a definition nobody knows', { pattern: '.*', definition: { 'no-such-thing': 1 } }],
    ['a length that is text', { pattern: '.*', definition: { 'max-length': 'long' } }],
  ])('%s is refused with 400', async (_, body) => {
    const { management, vhost } = broker();
    await expect(management.put(body, 'policies', vhost, unique('policy'))).rejects.toThrow(': 400 ');
  });
});
