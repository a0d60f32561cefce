import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import { Confirms } from '../confirms.ts';
import { type Message, receivedMessage, withProperties } from '../message.ts';
import { PendingContent } from '../pending-content.ts';
import { emptyTable } from '../wire/field-table.ts';
import type { Method } from '../wire/method-specs.ts';
import type { Commands } from './commands.ts';
import { isReplyAddress, replyAddress, replyPseudoQueue } from './direct-replies.ts';
import { existingExchange } from './exchanges.ts';

export const publishingCommands: Commands = {
  'confirm.select': (channel, { noWait }) => {
    channel.confirms ??= new Confirms((name, deliveryTag, multiple) =>
      channel.send(name === 'basic.ack' ? { name, deliveryTag, multiple } : { name, deliveryTag, multiple, requeue: false }),
    );
    if (!noWait) channel.send({ name: 'confirm.select-ok' });
  },
  'basic.publish': (channel, method) => {
    if (method.immediate) throw new AmqpError(540, 'immediate=true');
    channel.pending = new PendingContent(channel.host.maxMessageBytes, (rawProperties, body) =>
      publish(channel, method, receivedMessage(method.exchange, method.routingKey, rawProperties, body)),
    );
  },
};

type Routed = 'accepted' | 'refused' | 'unroutable';

function publish(channel: Channel, method: Method<'basic.publish'>, received: Message): void {
  checkProperties(channel, received);
  const message =
    received.properties.replyTo === replyPseudoQueue ? withProperties(received, { replyTo: replyAddress(channel) }) : received;
  const outcome = message.exchange === '' && isReplyAddress(message.routingKey) ? reply(channel, message) : route(channel, message);
  if (outcome === 'unroutable' && method.mandatory) {
    const { exchange, routingKey } = message;
    channel.sendContent({ name: 'basic.return', replyCode: 312, replyText: 'NO_ROUTE', exchange, routingKey }, message);
  }
  // Unroutable is confirmed too: a confirm says that the broker has dealt with the message, the return before it says how.
  if (outcome === 'refused') channel.confirms?.refused();
  else channel.confirms?.accepted();
}

function route(channel: Channel, message: Message): Routed {
  const exchange = existingExchange(channel, message.exchange);
  if (exchange.declaration.internal) {
    throw new AmqpError(403, `cannot publish to internal ${channel.vhost.describe('exchange', exchange.name)}`);
  }
  const queues = channel.vhost.route(exchange, message.routingKey, message.properties.headers ?? emptyTable);
  let refused = false;
  for (const queue of queues) if (!queue.publish(message)) refused = true;
  if (refused) return 'refused';
  return queues.size === 0 ? 'unroutable' : 'accepted';
}

function reply(channel: Channel, message: Message): Routed {
  const target = channel.vhost.replyTargets.get(message.routingKey);
  target?.deliverReply(message);
  return target ? 'accepted' : 'unroutable';
}

function checkProperties(channel: Channel, { properties }: Message): void {
  const { userId, expiration } = properties;
  if (userId !== undefined && userId !== channel.host.user) {
    throw new AmqpError(406, `user_id property set to '${userId}' but authenticated user was '${channel.host.user}'`);
  }
  if (expiration !== undefined && !/^\d{1,15}$/.test(expiration)) throw new AmqpError(406, `invalid expiration '${expiration}'`);
}
