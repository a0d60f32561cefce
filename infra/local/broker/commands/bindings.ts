import { AmqpError } from '../amqp-error.ts';
import { headerMatchModes } from '../binding.ts';
import type { Channel } from '../channel.ts';
import type { Exchange } from '../exchange.ts';
import { type FieldTable, textOf } from '../wire/field-table.ts';
import type { Commands } from './commands.ts';
import { existingExchange, refuseDefault } from './exchanges.ts';
import { expandQueueName, openQueue } from './queues.ts';

export const bindingCommands: Commands = {
  'queue.bind': (channel, { queue: name, exchange: source, routingKey, arguments: args, noWait }) => {
    const queue = openQueue(channel, name);
    const exchange = bindableExchange(channel, source, args);
    // Nothing named at all means the last declared queue under its own name.
    exchange.bind(queue, name === '' && routingKey === '' ? queue.name : routingKey, args);
    if (!noWait) channel.send({ name: 'queue.bind-ok' });
  },
  'queue.unbind': (channel, { queue: name, exchange: source, routingKey, arguments: args }) => {
    refuseDefault(source);
    const queue = channel.vhost.queues.get(expandQueueName(channel, name));
    const exchange = channel.vhost.exchanges.get(source);
    if (queue && exchange) channel.vhost.unbind(exchange, openQueue(channel, name), routingKey, args);
    channel.send({ name: 'queue.unbind-ok' });
  },
  'exchange.bind': (channel, { destination: name, source, routingKey, arguments: args, noWait }) => {
    refuseDefault(name);
    const destination = existingExchange(channel, name);
    bindableExchange(channel, source, args).bind(destination, routingKey, args);
    if (!noWait) channel.send({ name: 'exchange.bind-ok' });
  },
  'exchange.unbind': (channel, { destination: name, source, routingKey, arguments: args, noWait }) => {
    refuseDefault(name);
    refuseDefault(source);
    const destination = channel.vhost.exchanges.get(name);
    const exchange = channel.vhost.exchanges.get(source);
    if (destination && exchange) channel.vhost.unbind(exchange, destination, routingKey, args);
    if (!noWait) channel.send({ name: 'exchange.unbind-ok' });
  },
};

function bindableExchange(channel: Channel, name: string, args: FieldTable): Exchange {
  refuseDefault(name);
  const exchange = existingExchange(channel, name);
  const mode = textOf(args.get('x-match'));
  if (exchange.declaration.type === 'headers' && args.has('x-match') && !headerMatchModes.includes(mode ?? '')) {
    throw new AmqpError(406, `invalid x-match field value; expected one of ${headerMatchModes.join(', ')}`);
  }
  return exchange;
}
