import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import type { Method } from '../wire/method-specs.ts';

/** Consumed without a queue behind it; as `reply_to` it becomes an address of the channel's own. */
export const replyPseudoQueue = 'amq.rabbitmq.reply-to';

export function isReplyAddress(name: string): boolean {
  return name.startsWith(`${replyPseudoQueue}.`);
}

export function consumeReplies(channel: Channel, { consumerTag, noAck, noWait }: Method<'basic.consume'>): void {
  if (!noAck) throw new AmqpError(406, 'reply consumer cannot acknowledge');
  if (channel.replies) throw new AmqpError(406, 'reply consumer already set');
  const tag = consumerTag === '' ? channel.host.newName('amq.ctag-') : consumerTag;
  const address = channel.host.newName(`${replyPseudoQueue}.`);
  channel.replies = { address, tag };
  channel.vhost.replyTargets.set(address, channel);
  if (!noWait) channel.send({ name: 'basic.consume-ok', consumerTag: tag });
}

/** The address that goes out instead of the pseudo queue's name. */
export function replyAddress(channel: Channel): string {
  if (!channel.replies) throw new AmqpError(406, 'fast reply consumer does not exist');
  return channel.replies.address;
}
