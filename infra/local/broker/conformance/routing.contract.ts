import { expect, test } from 'vitest';
import { describeEveryBroker } from './brokers.ts';
import { drain, openRig, send, sendToQueue, unique } from './rig.ts';

describeEveryBroker('routing', (broker) => {
  test('the default exchange leads to the queue of that name', async () => {
    await using rig = await openRig(broker());
    const [queue, other] = [await rig.queue(), await rig.queue()];
    await sendToQueue(rig.channel, queue, 'x');
    expect(await drain(rig.channel, queue)).toEqual(['x']);
    expect(await drain(rig.channel, other)).toEqual([]);
  });

  test('a direct exchange compares the whole routing key', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct')];
    await rig.channel.bindQueue(queue, exchange, 'a');
    for (const key of ['a', 'b', 'a.a', '']) await send(rig.channel, exchange, key, key);
    expect(await drain(rig.channel, queue)).toEqual(['a']);
  });

  test('a topic exchange takes * for one word and # for any number of words', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('topic')];
    for (const pattern of ['a.*.c', 'z.#', '#.end', 'm.#.n']) await rig.channel.bindQueue(queue, exchange, pattern);
    const keys = ['a.b.c', 'a.b.d', 'a.c', 'z', 'z.y.x', 'end', 'the.very.end', 'm.n', 'm.x.y.n', 'm.x', 'a..c', ''];
    for (const key of keys) await send(rig.channel, exchange, key, key);
    expect(await drain(rig.channel, queue)).toEqual(['a.b.c', 'z', 'z.y.x', 'end', 'the.very.end', 'm.n', 'm.x.y.n', 'a..c']);
  });

  test('overlapping bindings deliver a message once', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('topic')];
    for (const pattern of ['a.#', '#', 'a.b']) await rig.channel.bindQueue(queue, exchange, pattern);
    await send(rig.channel, exchange, 'a.b', 'x');
    expect(await drain(rig.channel, queue)).toEqual(['x']);
  });

  test('a fanout exchange reaches every queue, whatever the routing key', async () => {
    await using rig = await openRig(broker());
    const [one, two, exchange] = [await rig.queue(), await rig.queue(), await rig.exchange('fanout')];
    await rig.channel.bindQueue(one, exchange, '');
    await rig.channel.bindQueue(two, exchange, 'ignored');
    await send(rig.channel, exchange, 'any', 'x');
    expect([await drain(rig.channel, one), await drain(rig.channel, two)]).toEqual([['x'], ['x']]);
  });

  test('a headers exchange wants all headers of the binding by default', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('headers')];
    await rig.channel.bindQueue(queue, exchange, '', { 'x-match': 'all', a: '1', b: 2 });
    await send(rig.channel, exchange, '', 'one of two', { headers: { a: '1' } });
    await send(rig.channel, exchange, '', 'another value', { headers: { a: '1', b: 3 } });
    await send(rig.channel, exchange, '', 'both', { headers: { a: '1', b: 2, c: 'more' } });
    await send(rig.channel, exchange, '', 'none');
    expect(await drain(rig.channel, queue)).toEqual(['both']);
  });

  test('a headers exchange takes any header of the binding with x-match any', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('headers')];
    await rig.channel.bindQueue(queue, exchange, '', { 'x-match': 'any', a: '1', b: '2' });
    await send(rig.channel, exchange, '', 'b', { headers: { b: '2' } });
    await send(rig.channel, exchange, '', 'neither', { headers: { a: '2', b: '1' } });
    expect(await drain(rig.channel, queue)).toEqual(['b']);
  });

  test('a header asked for without a value only has to be there', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('headers')];
    await rig.channel.bindQueue(queue, exchange, '', { 'x-match': 'all', a: null });
    await send(rig.channel, exchange, '', 'there', { headers: { a: 'anything' } });
    await send(rig.channel, exchange, '', 'not there', { headers: { b: 'anything' } });
    expect(await drain(rig.channel, queue)).toEqual(['there']);
  });

  test('a message passes from exchange to exchange', async () => {
    await using rig = await openRig(broker());
    const [queue, first, second] = [await rig.queue(), await rig.exchange('fanout'), await rig.exchange('topic')];
    await rig.channel.bindQueue(queue, second, 'x.#');
    await rig.channel.bindExchange(second, first, '');
    await send(rig.channel, first, 'x.y', 'taken');
    await send(rig.channel, first, 'y.x', 'left');
    expect(await drain(rig.channel, queue)).toEqual(['taken']);
  });

  test('exchanges bound in a circle deliver once', async () => {
    await using rig = await openRig(broker());
    const [queue, first, second] = [await rig.queue(), await rig.exchange('fanout'), await rig.exchange('fanout')];
    await rig.channel.bindQueue(queue, second, '');
    await rig.channel.bindExchange(second, first, '');
    await rig.channel.bindExchange(first, second, '');
    await send(rig.channel, first, '', 'x');
    expect(await drain(rig.channel, queue)).toEqual(['x']);
  });

  test('nothing comes any more after the binding is taken away', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct', { autoDelete: false })];
    await rig.channel.bindQueue(queue, exchange, 'a');
    await send(rig.channel, exchange, 'a', 'before');
    await rig.channel.unbindQueue(queue, exchange, 'a');
    await send(rig.channel, exchange, 'a', 'after');
    expect(await drain(rig.channel, queue)).toEqual(['before']);
    await rig.channel.deleteExchange(exchange);
  });

  test('the same binding made twice is one, and unbinding what is not bound is no error', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct', { autoDelete: false })];
    await rig.channel.bindQueue(queue, exchange, 'a');
    await rig.channel.bindQueue(queue, exchange, 'a');
    await rig.channel.unbindQueue(queue, exchange, 'a');
    await rig.channel.unbindQueue(queue, exchange, 'a');
    await send(rig.channel, exchange, 'a', 'x');
    expect(await drain(rig.channel, queue)).toEqual([]);
    await rig.channel.deleteExchange(exchange);
  });

  test('an auto-delete exchange goes with its last binding', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct')];
    await rig.channel.bindQueue(queue, exchange, 'a');
    await rig.channel.unbindQueue(queue, exchange, 'a');
    await expect(rig.channel.checkExchange(exchange)).rejects.toMatchObject({ code: 404 });
  });

  test('an auto-delete exchange goes when the queue it leads to is deleted', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct')];
    await rig.channel.bindQueue(queue, exchange, 'a');
    await rig.channel.deleteQueue(queue);
    await expect(rig.channel.checkExchange(exchange)).rejects.toMatchObject({ code: 404 });
  });

  test('what an exchange cannot route goes to its alternate exchange, the rest does not', async () => {
    await using rig = await openRig(broker());
    const [routed, unrouted, alternate] = [await rig.queue(), await rig.queue(), await rig.exchange('fanout')];
    await rig.channel.bindQueue(unrouted, alternate, '');
    const exchange = await rig.exchange('direct', { alternateExchange: alternate });
    await rig.channel.bindQueue(routed, exchange, 'known');
    await send(rig.channel, exchange, 'known', 'known', { mandatory: true });
    await send(rig.channel, exchange, 'unknown', 'unknown', { mandatory: true });
    expect([await drain(rig.channel, routed), await drain(rig.channel, unrouted)]).toEqual([['known'], ['unknown']]);
  });

  test.each(['amq.direct', 'amq.fanout', 'amq.topic', 'amq.headers', 'amq.match'])(
    'the exchange %s is there from the start',
    async (name) => {
      await using rig = await openRig(broker());
      await expect(rig.channel.checkExchange(name)).resolves.toBeDefined();
    },
  );

  test('an exchange in use is not deleted with if-unused', async () => {
    await using rig = await openRig(broker());
    const [queue, exchange] = [await rig.queue(), await rig.exchange('direct')];
    await rig.channel.bindQueue(queue, exchange, 'a');
    await expect(rig.channel.deleteExchange(exchange, { ifUnused: true })).rejects.toMatchObject({ code: 406 });
  });

  test('deleting an exchange or a queue that does not exist is no error', async () => {
    await using rig = await openRig(broker());
    await rig.channel.deleteExchange(unique('missing'));
    expect((await rig.channel.deleteQueue(unique('missing'))).messageCount).toBe(0);
  });
});
