import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import type { Queue } from '../queue.ts';
import { checkQueueArguments, differingArgument } from '../queue-arguments.ts';
import type { Method } from '../wire/method-specs.ts';
import type { Commands } from './commands.ts';
import { isReplyAddress } from './direct-replies.ts';

export const queueCommands: Commands = {
  'queue.declare': (channel, method) => {
    if (isReplyAddress(method.queue)) {
      declareReplies(channel, method);
      return;
    }
    const queue = method.passive ? openQueue(channel, method.queue) : declare(channel, method);
    queue.touch();
    channel.lastQueue = queue.name;
    if (method.noWait) return;
    channel.send({ name: 'queue.declare-ok', queue: queue.name, messageCount: queue.readyCount, consumerCount: queue.consumers.count });
  },
  'queue.purge': (channel, { queue: name, noWait }) => {
    const messageCount = openQueue(channel, name).purge();
    if (!noWait) channel.send({ name: 'queue.purge-ok', messageCount });
  },
  'queue.delete': (channel, { queue: name, ifUnused, ifEmpty, noWait }) => {
    const exists = channel.vhost.queues.has(expandQueueName(channel, name));
    const messageCount = exists ? remove(channel, openQueue(channel, name), ifUnused, ifEmpty) : 0;
    if (!noWait) channel.send({ name: 'queue.delete-ok', messageCount });
  },
};

/** An empty name stands for the queue the channel declared last. */
export function expandQueueName(channel: Channel, name: string): string {
  return name === '' ? channel.lastQueue : name;
}

/** The queue of this name, if it exists and is not another connection's own. */
export function openQueue(channel: Channel, name: string): Queue {
  const wanted = expandQueueName(channel, name);
  const queue = channel.vhost.queues.get(wanted);
  if (!queue) throw new AmqpError(404, `no ${channel.vhost.describe('queue', wanted)}`);
  const { owner } = queue.declaration;
  if (owner && owner !== channel.host) {
    throw new AmqpError(405, `cannot obtain exclusive access to locked ${channel.vhost.describe('queue', wanted)}`);
  }
  return queue;
}

function declare(channel: Channel, method: Method<'queue.declare'>): Queue {
  const { durable, exclusive, autoDelete, arguments: args } = method;
  if (method.queue.startsWith('amq.')) {
    throw new AmqpError(403, `${channel.vhost.describe('queue', method.queue)}: the prefix 'amq.' is reserved`);
  }
  const existing = method.queue === '' ? undefined : channel.vhost.queues.get(method.queue);
  if (existing) {
    refuseDifference(channel, existing, method);
    return existing;
  }
  const name = method.queue === '' ? channel.host.newName('amq.gen-') : method.queue;
  const type = checkQueueArguments(channel.vhost.describe('queue', name), { durable, exclusive, autoDelete }, args);
  if (method.queue === '' && type === 'quorum') throw new AmqpError(406, 'a quorum queue needs a name of its own');
  const owner = exclusive ? channel.host : undefined;
  return channel.vhost.addQueue({ name, type, durable, exclusive, autoDelete, owner, arguments: args });
}

function refuseDifference(channel: Channel, queue: Queue, method: Method<'queue.declare'>): void {
  openQueue(channel, queue.name);
  const described = channel.vhost.describe('queue', queue.name);
  for (const property of ['durable', 'exclusive', 'autoDelete'] as const) {
    const [wanted, current] = [method[property], queue.declaration[property]];
    if (wanted === current) continue;
    if (property === 'exclusive') throw new AmqpError(405, `cannot obtain exclusive access to locked ${described}`);
    const name = property === 'autoDelete' ? 'auto_delete' : property;
    throw new AmqpError(406, `inequivalent arg '${name}' for ${described}: received '${wanted}' but current is '${current}'`);
  }
  const argument = differingArgument(queue.declaration.arguments, method.arguments);
  if (argument) throw new AmqpError(406, `inequivalent arg '${argument}' for ${described}`);
}

function remove(channel: Channel, queue: Queue, ifUnused: boolean, ifEmpty: boolean): number {
  const described = channel.vhost.describe('queue', queue.name);
  if (ifUnused && queue.consumers.count > 0) throw new AmqpError(406, `${described} in use`);
  const count = queue.readyCount;
  if (ifEmpty && count > 0) throw new AmqpError(406, `${described} not empty`);
  channel.vhost.removeQueue(queue);
  return count;
}

/** Clients ask so whether a reply address is still listened on. */
function declareReplies(channel: Channel, { queue, noWait }: Method<'queue.declare'>): void {
  const known = queue === channel.replies?.address || channel.vhost.replyTargets.has(queue);
  if (!known) throw new AmqpError(404, `no ${channel.vhost.describe('queue', queue)}`);
  if (!noWait) channel.send({ name: 'queue.declare-ok', queue, messageCount: 0, consumerCount: 1 });
}
