import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import { Consumer } from '../consumer.ts';
import { integerOf } from '../wire/field-table.ts';
import type { Method } from '../wire/method-specs.ts';
import type { Commands } from './commands.ts';
import { consumeReplies, replyPseudoQueue } from './direct-replies.ts';
import { openQueue } from './queues.ts';

export const consumingCommands: Commands = {
  'basic.qos': (channel, { prefetchSize, prefetchCount, global }) => {
    if (prefetchSize !== 0) throw new AmqpError(540, `prefetch_size!=0 (${prefetchSize})`);
    if (global) throw new AmqpError(540, 'the development broker has no prefetch shared by a channel: set it per consumer (global=false)');
    channel.prefetch = prefetchCount;
    channel.send({ name: 'basic.qos-ok' });
  },
  'basic.consume': (channel, method) => {
    if (method.consumerTag !== '' && (channel.consumers.has(method.consumerTag) || channel.replies?.tag === method.consumerTag)) {
      throw new AmqpError(530, `attempt to reuse consumer tag '${method.consumerTag}'`);
    }
    if (method.queue === replyPseudoQueue) consumeReplies(channel, method);
    else consume(channel, method);
  },
  'basic.cancel': (channel, { consumerTag, noWait }) => {
    const consumer = channel.consumers.get(consumerTag);
    channel.consumers.delete(consumerTag);
    if (channel.replies?.tag === consumerTag) channel.stopReplies();
    // What was delivered stays with the channel until it is acknowledged.
    consumer?.queue.removeConsumer(consumer);
    if (!noWait) channel.send({ name: 'basic.cancel-ok', consumerTag });
  },
  // The client's answer to a cancellation by the broker.
  'basic.cancel-ok': () => undefined,
  'basic.get': (channel, { queue: name, noAck }) => {
    const queue = openQueue(channel, name);
    const queued = queue.take();
    if (queued) channel.deliverAsked(queue, queued, noAck);
    else channel.send({ name: 'basic.get-empty' });
  },
};

function consume(channel: Channel, method: Method<'basic.consume'>): void {
  const queue = openQueue(channel, method.queue);
  const { exclusive, noAck, noWait, arguments: args } = method;
  if (queue.consumers.isExclusive || (exclusive && queue.consumers.count > 0)) {
    throw new AmqpError(403, `${channel.vhost.describe('queue', queue.name)} in exclusive use`);
  }
  const priority = args.get('x-priority');
  if (priority && integerOf(priority) === undefined)
    throw new AmqpError(406, `invalid arg 'x-priority' of a consumer: an integer is wanted`);
  const tag = method.consumerTag === '' ? channel.host.newName('amq.ctag-') : method.consumerTag;
  const consumer = new Consumer(channel, queue, {
    tag,
    noAck,
    exclusive,
    priority: integerOf(priority) ?? 0,
    prefetch: channel.prefetch,
  });
  channel.consumers.set(tag, consumer);
  if (!noWait) channel.send({ name: 'basic.consume-ok', consumerTag: tag });
  queue.addConsumer(consumer);
}
