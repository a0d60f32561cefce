import { expect, test } from 'vitest';
import { type FieldValue, text } from '../wire/field-table.ts';
import { decodeContentHeader, encodeMethodFrame, protocolHeader } from '../wire/frames.ts';
import type { Method } from '../wire/method-specs.ts';
import { decodeMethod } from '../wire/methods.ts';
import { encodeProperties } from '../wire/properties.ts';
import { describeEveryBroker } from './brokers.ts';
import { openRawChannel, openRawClient, openTunedClient, type RawClient } from './raw-client.ts';
import { openRig, unique } from './rig.ts';

const declareOwn: Method<'queue.declare'> = {
  name: 'queue.declare',
  queue: '',
  passive: false,
  durable: false,
  exclusive: true,
  autoDelete: false,
  noWait: false,
  arguments: new Map(),
};

async function declareQueue(client: RawClient): Promise<string> {
  client.sendMethod(1, declareOwn);
  return (await client.expect('queue.declare-ok')).queue;
}

function contentHeader(bodySize: number, properties = encodeProperties({})): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(60, 0);
  head.writeUInt32BE(bodySize, 8);
  return Buffer.concat([head, properties]);
}

function publishTo(queue: string): Method<'basic.publish'> {
  return { name: 'basic.publish', exchange: '', routingKey: queue, mandatory: false, immediate: false };
}

async function closeCode(client: RawClient): Promise<number> {
  return (await client.expect('connection.close')).replyCode;
}

describeEveryBroker('the protocol', (broker) => {
  test.each(['GET / HTTP/1.1\r\n\r\n', 'AMQP\0\x01\0\0'])('%j is answered with the header of AMQP 0-9-1 and the end', async (hello) => {
    using client = await openRawClient(broker());
    client.write(Buffer.from(hello, 'latin1'));
    expect(await client.bytes(8)).toEqual(protocolHeader);
    await client.ended;
  });

  test('headers of every field type arrive byte for byte', async () => {
    using client = await openRawChannel(broker());
    const queue = await declareQueue(client);
    const values: Record<string, FieldValue> = {
      boolean: { type: 'boolean', value: true },
      int8: { type: 'int8', value: -5 },
      uint8: { type: 'uint8', value: 250 },
      int16: { type: 'int16', value: -30_000 },
      uint16: { type: 'uint16', value: 60_000 },
      int32: { type: 'int32', value: -2_000_000_000 },
      uint32: { type: 'uint32', value: 4_000_000_000 },
      int64: { type: 'int64', value: -(2n ** 60n) },
      timestamp: { type: 'timestamp', value: 1_732_000_000n },
      float: { type: 'float', value: 1.5 },
      double: { type: 'double', value: Math.PI },
      decimal: { type: 'decimal', scale: 2, value: 12_345 },
      string: text('é'),
      binary: { type: 'string', value: Buffer.from([0xff, 0xfe, 0]) },
      bytes: { type: 'bytes', value: Buffer.from([0, 1, 2]) },
      void: { type: 'void' },
      array: { type: 'array', value: [text('a'), { type: 'int8', value: 1 }, { type: 'void' }] },
      table: { type: 'table', value: new Map([['deep', { type: 'array', value: [] }]]) },
    };
    const properties = encodeProperties({ headers: new Map(Object.entries(values)), timestamp: 1_732_000_000 });
    client.sendMethod(1, publishTo(queue));
    client.sendFrame('header', 1, contentHeader(0, properties));
    client.sendMethod(1, { name: 'basic.get', queue, noAck: true });
    await client.expect('basic.get-ok');
    expect(decodeContentHeader((await client.frame()).payload).properties).toEqual(properties);
  });

  test('a body is cut to the frame size the client asked for', async () => {
    using client = await openRawChannel(broker(), { frameMax: 4096 });
    const queue = await declareQueue(client);
    const body = Buffer.alloc(10_000, 'x');
    client.sendMethod(1, publishTo(queue));
    client.sendFrame('header', 1, contentHeader(body.length));
    for (let start = 0; start < body.length; start += 4088) client.sendFrame('body', 1, body.subarray(start, start + 4088));
    client.sendMethod(1, { name: 'basic.get', queue, noAck: true });
    await client.expect('basic.get-ok');
    await client.frame();
    const sizes = [];
    for (let received = 0; received < body.length; received += sizes.at(-1) ?? 0) sizes.push((await client.frame()).payload.length);
    expect(sizes).toEqual([4088, 4088, 1824]);
  });

  test('frames that arrive byte by byte are put together', async () => {
    using client = await openRawChannel(broker());
    for (const byte of encodeMethodFrame(1, declareOwn)) client.write(Uint8Array.of(byte));
    expect((await client.expect('queue.declare-ok')).messageCount).toBe(0);
  });

  test('a frame without its end byte closes the connection with 501', async () => {
    using client = await openRawChannel(broker());
    const frame = encodeMethodFrame(1, declareOwn);
    frame[frame.length - 1] = 0;
    client.write(frame);
    expect(await closeCode(client)).toBe(501);
    await client.ended;
  });

  test('a frame larger than agreed closes the connection with 501', async () => {
    using client = await openRawChannel(broker(), { frameMax: 4096 });
    client.sendFrame('body', 1, Buffer.alloc(5000));
    expect(await closeCode(client)).toBe(501);
  });

  test.each([
    ['a body', (client) => client.sendFrame('body', 1, Buffer.from('x'))],
    ['a content header', (client) => client.sendFrame('header', 1, contentHeader(1))],
    [
      'a method inside content',
      (client) => {
        client.sendMethod(1, publishTo('any'));
        client.sendMethod(1, declareOwn);
      },
    ],
  ] as [string, (client: RawClient) => void][])('%s where none may come closes the connection with 505', async (_, sendWrong) => {
    using client = await openRawChannel(broker());
    sendWrong(client);
    expect(await closeCode(client)).toBe(505);
  });

  test('a method on a channel that is not open closes the connection with 504', async () => {
    using client = await openRawChannel(broker());
    client.sendMethod(2, declareOwn);
    expect(await closeCode(client)).toBe(504);
  });

  test('opening a channel twice closes the connection with 504', async () => {
    using client = await openRawChannel(broker());
    client.sendMethod(1, { name: 'channel.open' });
    expect(await closeCode(client)).toBe(504);
  });

  test('more channels than agreed close the connection with 530', async () => {
    using client = await openRawChannel(broker(), { channelMax: 2 });
    client.sendMethod(2, { name: 'channel.open' });
    await client.expect('channel.open-ok');
    client.sendMethod(3, { name: 'channel.open' });
    expect(await closeCode(client)).toBe(530);
  });

  test.each([
    ['smaller than 4096', 1000],
    ['larger than offered', 1_000_000],
  ])('a frame size %s ends the connection', async (_, frameMax) => {
    using client = await openTunedClient(broker(), { frameMax });
    await client.ended;
  });

  test('a publish marked immediate closes the connection with 540', async () => {
    using client = await openRawChannel(broker());
    client.sendMethod(1, { ...publishTo('any'), immediate: true });
    client.sendFrame('header', 1, contentHeader(0));
    expect(await closeCode(client)).toBe(540);
  });

  test('a channel closed for an error can be opened again after it is agreed', async () => {
    using client = await openRawChannel(broker());
    client.sendMethod(1, { ...declareOwn, queue: unique('missing'), passive: true });
    const { replyCode, classId, methodId } = await client.expect('channel.close');
    expect({ replyCode, classId, methodId }).toEqual({ replyCode: 404, classId: 50, methodId: 10 });
    client.sendMethod(1, { name: 'channel.close-ok' });
    client.sendMethod(1, { name: 'channel.open' });
    await client.expect('channel.open-ok');
    expect(await declareQueue(client)).not.toBe('');
  });

  test('with noWait nothing is answered', async () => {
    using client = await openRawChannel(broker());
    const queue = unique('silent');
    client.sendMethod(1, { ...declareOwn, queue, noWait: true });
    client.sendMethod(1, { ...declareOwn, queue, passive: true });
    const answer = await client.expect('queue.declare-ok');
    expect(answer.queue).toBe(queue);
    client.sendMethod(1, { name: 'channel.close', replyCode: 200, replyText: '', classId: 0, methodId: 0 });
    expect(decodeMethod((await client.frame()).payload).name).toBe('channel.close-ok');
  });

  test('an empty queue name stands for the queue declared last', async () => {
    using client = await openRawChannel(broker());
    const queue = await declareQueue(client);
    client.sendMethod(1, publishTo(queue));
    client.sendFrame('header', 1, contentHeader(0));
    client.sendMethod(1, { name: 'basic.get', queue: '', noAck: true });
    expect((await client.expect('basic.get-ok')).routingKey).toBe(queue);
  });

  test('heartbeats are sent, and a client that sends none is dropped', async () => {
    using client = await openRawChannel(broker(), { heartbeat: 1 });
    expect((await client.frame()).type).toBe('heartbeat');
    await client.ended;
  });

  test('what an unannounced end leaves unacknowledged comes back', async () => {
    await using rig = await openRig(broker());
    const queue = await rig.durableQueue();
    using client = await openRawChannel(broker());
    client.sendMethod(1, publishTo(queue));
    client.sendFrame('header', 1, contentHeader(0));
    client.sendMethod(1, { name: 'basic.get', queue, noAck: false });
    await client.expect('basic.get-ok');
    client.socket.destroy();
    await expect.poll(async () => (await rig.channel.checkQueue(queue)).messageCount).toBe(1);
  });
});
