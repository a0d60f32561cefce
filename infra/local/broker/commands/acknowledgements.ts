import { AmqpError } from '../amqp-error.ts';
import type { Channel, Unacknowledged } from '../channel.ts';
import type { Queue } from '../queue.ts';
import type { Commands } from './commands.ts';

export const acknowledgementCommands: Commands = {
  'basic.ack': (channel, { deliveryTag, multiple }) => settle(channel, deliveryTag, multiple, () => undefined),
  'basic.nack': (channel, { deliveryTag, multiple, requeue }) => settle(channel, deliveryTag, multiple, requeue ? giveBack : reject),
  'basic.reject': (channel, { deliveryTag, requeue }) => settle(channel, deliveryTag, false, requeue ? giveBack : reject),
  'basic.recover': (channel, { requeue }) => {
    recover(channel, requeue);
    channel.send({ name: 'basic.recover-ok' });
  },
  'basic.recover-async': (channel, { requeue }) => recover(channel, requeue),
};

function giveBack({ queue, queued }: Unacknowledged): void {
  queue.giveBack(queued);
}

function reject({ queue, queued }: Unacknowledged): void {
  queue.reject(queued);
}

function settle(channel: Channel, deliveryTag: number, multiple: boolean, fate: (delivery: Unacknowledged) => void): void {
  const touched = new Set<Queue>();
  for (const tag of tagsUpTo(channel, deliveryTag, multiple)) {
    const delivery = channel.release(tag);
    if (!delivery) continue;
    fate(delivery);
    touched.add(delivery.queue);
  }
  for (const queue of touched) queue.pump();
}

/** With `multiple`, 0 stands for all; any other tag has to be one that is still open. */
function tagsUpTo(channel: Channel, deliveryTag: number, multiple: boolean): number[] {
  if (multiple && deliveryTag === 0) return [...channel.unacknowledged.keys()];
  if (!channel.unacknowledged.has(deliveryTag)) throw new AmqpError(406, `unknown delivery tag ${deliveryTag}`);
  if (!multiple) return [deliveryTag];
  const tags: number[] = [];
  for (const tag of channel.unacknowledged.keys()) {
    if (tag > deliveryTag) break;
    tags.push(tag);
  }
  return tags;
}

function recover(channel: Channel, requeue: boolean): void {
  if (!requeue) throw new AmqpError(540, 'requeue=false');
  channel.giveAllBack();
}
