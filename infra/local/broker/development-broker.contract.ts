import { setImmediate } from 'node:timers/promises';
import { createLog } from '@comptoir/platform/log.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBroker } from './broker.ts';
import type { BrokerUnderTest } from './conformance/brokers.ts';
import { createManagementClient } from './conformance/management-client.ts';
import { openRawChannel, openRawClient } from './conformance/raw-client.ts';
import { consume, drain, openRig, refusalOf, sendToQueue, textsOf, unique } from './conformance/rig.ts';
import { emptyTable } from './wire/field-table.ts';
import { encodeContent, encodeFrame, encodeMethodFrame, protocolHeader } from './wire/frames.ts';
import { encodeProperties } from './wire/properties.ts';

interface OwnBroker extends BrokerUnderTest, AsyncDisposable {
  stop(): Promise<void>;
  /** What it logged as errors: its own mistakes. */
  readonly faults: readonly string[];
}

/** A broker of the test's own, with its virtual host made by the first connection. */
async function startOwnBroker(options: { maxMessageBytes?: number } = {}): Promise<OwnBroker> {
  const faults: string[] = [];
  const log = createLog({ service: 'broker', level: 'error', format: 'json' }, { write: (line) => void faults.push(line) });
  const broker = createBroker({ host: '127.0.0.1', port: 0, managementPort: 0, log, ...options });
  await broker.start();
  const port = broker.port();
  return {
    kind: 'development',
    vhost: 'own',
    host: '127.0.0.1',
    port,
    url: `amqp://guest:guest@127.0.0.1:${port}/own`,
    management: createManagementClient(`http://guest:guest@127.0.0.1:${broker.managementPort()}`),
    faults,
    stop: broker.stop,
    [Symbol.asyncDispose]: broker.stop,
  };
}

describe('the development broker', () => {
  test('says what it is to every client', async () => {
    await using broker = await startOwnBroker();
    await using rig = await openRig(broker);
    expect(rig.connection.connection.serverProperties).toMatchObject({ product: 'Comptoir development broker' });
  });

  test('makes a virtual host when a client first names it', async () => {
    await using broker = await startOwnBroker();
    expect(await broker.management.status('GET', ['queues', 'own'])).toBe(404);
    await using rig = await openRig(broker);
    const queue = await rig.durableQueue();
    expect(await broker.management.get('queues', 'own')).toMatchObject([{ name: queue, vhost: 'own' }]);
  });

  test('refuses transactions with 540 and says what to use', async () => {
    await using broker = await startOwnBroker();
    using client = await openRawChannel(broker);
    client.sendMethod(1, { name: 'tx.select' });
    const { replyCode, replyText } = await client.expect('connection.close');
    expect([replyCode, replyText]).toEqual([540, expect.stringContaining('publisher confirms')]);
  });

  test('refuses a prefetch shared by a channel with 540', async () => {
    await using broker = await startOwnBroker();
    await using rig = await openRig(broker);
    const refusal = refusalOf(rig.connection);
    await expect(rig.channel.prefetch(5, true)).rejects.toThrow();
    expect((await refusal).message).toContain('global=false');
  });

  test('refuses a message larger than its limit with 406 before the body is taken', async () => {
    await using broker = await startOwnBroker({ maxMessageBytes: 1000 });
    await using rig = await openRig(broker);
    const queue = await rig.queue();
    await sendToQueue(rig.channel, queue, Buffer.alloc(1000));
    const other = await rig.openChannel();
    const refusal = refusalOf(other);
    await expect(sendToQueue(other, queue, Buffer.alloc(1001))).rejects.toThrow();
    expect((await refusal).code).toBe(406);
    expect(await drain(rig.channel, queue)).toHaveLength(1);
  });

  test('closes its clients with 320 when it stops, and can be stopped twice', async () => {
    await using broker = await startOwnBroker();
    await using rig = await openRig(broker);
    const refusal = refusalOf(rig.connection);
    await Promise.all([broker.stop(), broker.stop()]);
    expect((await refusal).code).toBe(320);
  });

  test('gives a peer that does not read no more than it can hold, and keeps serving the others', async () => {
    await using broker = await startOwnBroker();
    await using rig = await openRig(broker);
    const queue = await rig.durableQueue();
    using lazy = await openRawChannel(broker);
    lazy.sendMethod(1, {
      name: 'basic.consume',
      queue,
      consumerTag: 'lazy',
      noLocal: false,
      noAck: true,
      exclusive: false,
      noWait: false,
      arguments: emptyTable,
    });
    await lazy.expect('basic.consume-ok');
    lazy.socket.pause();
    const content = Buffer.alloc(100_000, 'x');
    // More than the sockets' own buffers and the broker's bound can hold together.
    const count = 200;
    for (let index = 0; index < count; index++) await sendToQueue(rig.channel, queue, content);
    const { messageCount } = await rig.channel.checkQueue(queue);
    expect(messageCount).toBeGreaterThan(0);
    const inbox = await consume(rig.channel, queue, { noAck: true });
    expect(await inbox.reached(messageCount)).toHaveLength(messageCount);
    lazy.socket.resume();
    for (let index = messageCount; index < count; index++) await lazy.expect('basic.deliver');
  }, 30_000);

  test('takes 10,000 messages back from a lost consumer and delivers them in order', async () => {
    await using broker = await startOwnBroker();
    await using rig = await openRig(broker);
    const queue = await rig.durableQueue();
    const count = 10_000;
    for (let index = 0; index < count; index++) rig.channel.sendToQueue(queue, Buffer.from(String(index)));
    await rig.channel.waitForConfirms();
    const leaving = await openRig(broker);
    await (await consume(leaving.channel, queue)).reached(count);
    await leaving.connection.close();
    const inbox = await consume(rig.channel, queue, { noAck: true });
    expect(textsOf(await inbox.reached(count))).toEqual(Array.from({ length: count }, (_, index) => String(index)));
  });
});

describe('whatever a client sends, the development broker', () => {
  /** A session that does something of everything, as bytes. */
  function session(queue: string): Buffer {
    const publish = { name: 'basic.publish', exchange: '', routingKey: queue, mandatory: true, immediate: false } as const;
    const flags = { passive: false, durable: false, exclusive: true, autoDelete: false, noWait: false, arguments: emptyTable };
    return Buffer.concat([
      protocolHeader,
      encodeMethodFrame(0, {
        name: 'connection.start-ok',
        clientProperties: emptyTable,
        mechanism: 'PLAIN',
        response: Buffer.from('\0guest\0guest'),
        locale: 'en_US',
      }),
      encodeMethodFrame(0, { name: 'connection.tune-ok', channelMax: 0, frameMax: 0, heartbeat: 0 }),
      encodeMethodFrame(0, { name: 'connection.open', virtualHost: 'own' }),
      encodeMethodFrame(1, { name: 'channel.open' }),
      encodeMethodFrame(1, { name: 'confirm.select', noWait: false }),
      encodeMethodFrame(1, { name: 'queue.declare', queue, ...flags }),
      encodeMethodFrame(1, { name: 'queue.bind', queue, exchange: 'amq.topic', routingKey: 'a.#', noWait: false, arguments: emptyTable }),
      encodeContent(
        1,
        publish,
        encodeProperties({ messageId: 'm', expiration: '1000', priority: 1, headers: emptyTable }),
        Buffer.from('content'),
        4096,
      ),
      encodeMethodFrame(1, { name: 'basic.get', queue, noAck: false }),
      encodeMethodFrame(1, { name: 'basic.nack', deliveryTag: 1, multiple: false, requeue: true }),
      encodeMethodFrame(1, {
        name: 'basic.consume',
        queue,
        consumerTag: 'c',
        noLocal: false,
        noAck: false,
        exclusive: false,
        noWait: false,
        arguments: emptyTable,
      }),
      encodeFrame('heartbeat', 0, Buffer.alloc(0)),
      encodeMethodFrame(1, { name: 'basic.cancel', consumerTag: 'c', noWait: false }),
      encodeMethodFrame(1, { name: 'queue.delete', queue, ifUnused: false, ifEmpty: false, noWait: false }),
    ]);
  }

  async function throwAt(broker: OwnBroker, bytes: Uint8Array): Promise<void> {
    using client = await openRawClient(broker);
    client.socket.end(bytes);
    client.socket.resume();
    await client.ended;
  }

  test('survives random bytes', async () => {
    await using broker = await startOwnBroker();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, greeted) => {
        await throwAt(broker, greeted ? Buffer.concat([protocolHeader, bytes]) : bytes);
      }),
      { numRuns: 150 },
    );
    await expectAlive(broker);
  }, 30_000);

  test('survives valid sessions with bytes changed, cut out and put in', async () => {
    await using broker = await startOwnBroker();
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = session(unique('fuzz'));
        for (const { at, cut, put } of changes) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + cut)]);
        }
        await throwAt(broker, bytes);
      }),
      { numRuns: 300 },
    );
    await expectAlive(broker);
  }, 60_000);

  test('survives a session that ends after any of its bytes', async () => {
    await using broker = await startOwnBroker();
    const whole = session('cut');
    for (let end = 0; end <= whole.length; end += 3) await throwAt(broker, whole.subarray(0, end));
    await expectAlive(broker);
  }, 30_000);

  async function expectAlive(broker: OwnBroker): Promise<void> {
    await setImmediate();
    expect(broker.faults).toEqual([]);
    await using rig = await openRig(broker);
    const queue = await rig.queue();
    await sendToQueue(rig.channel, queue, 'alive');
    expect(await drain(rig.channel, queue)).toEqual(['alive']);
    await expect.poll(async () => (await broker.management.get<unknown[]>('connections')).length).toBe(1);
  }
});
