import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import { type Exchange, type ExchangeDeclaration, exchangeTypes } from '../exchange.ts';
import { sameValue } from '../wire/field-table.ts';
import type { Method } from '../wire/method-specs.ts';
import type { Commands } from './commands.ts';

export const exchangeCommands: Commands = {
  'exchange.declare': (channel, method) => {
    declare(channel, method);
    if (!method.noWait) channel.send({ name: 'exchange.declare-ok' });
  },
  'exchange.delete': (channel, { exchange: name, ifUnused, noWait }) => {
    refuseReserved(channel, name);
    const exchange = channel.vhost.exchanges.get(name);
    if (exchange && ifUnused && exchange.isBound) throw new AmqpError(406, `${channel.vhost.describe('exchange', name)} in use`);
    if (exchange) channel.vhost.removeExchange(exchange);
    if (!noWait) channel.send({ name: 'exchange.delete-ok' });
  },
};

export function existingExchange(channel: Channel, name: string): Exchange {
  const exchange = channel.vhost.exchanges.get(name);
  if (!exchange) throw new AmqpError(404, `no ${channel.vhost.describe('exchange', name)}`);
  return exchange;
}

function declare(channel: Channel, method: Method<'exchange.declare'>): void {
  const { exchange: name, passive, durable, autoDelete, internal, arguments: args } = method;
  refuseDefault(name);
  if (passive) {
    existingExchange(channel, name);
    return;
  }
  const type = exchangeTypes.find((known) => known === method.type);
  if (!type) throw new AmqpError(503, `unknown exchange type '${method.type}'`);
  const declaration: ExchangeDeclaration = { name, type, durable, autoDelete, internal, arguments: args };
  const existing = channel.vhost.exchanges.get(name);
  if (existing) refuseDifference(channel, existing.declaration, declaration);
  else {
    refuseReserved(channel, name);
    channel.vhost.addExchange(declaration);
  }
}

function refuseDifference(channel: Channel, current: ExchangeDeclaration, wanted: ExchangeDeclaration): void {
  const described = channel.vhost.describe('exchange', wanted.name);
  for (const property of ['type', 'durable', 'autoDelete', 'internal'] as const) {
    if (current[property] === wanted[property]) continue;
    const name = property === 'autoDelete' ? 'auto_delete' : property;
    throw new AmqpError(
      406,
      `inequivalent arg '${name}' for ${described}: received '${wanted[property]}' but current is '${current[property]}'`,
    );
  }
  const [before, now] = [current.arguments.get('alternate-exchange'), wanted.arguments.get('alternate-exchange')];
  const same = before && now ? sameValue(before, now) : before === now;
  if (!same) throw new AmqpError(406, `inequivalent arg 'alternate-exchange' for ${described}`);
}

function refuseReserved(channel: Channel, name: string): void {
  refuseDefault(name);
  if (!name.startsWith('amq.')) return;
  throw new AmqpError(403, `${channel.vhost.describe('exchange', name)}: the prefix 'amq.' is reserved`);
}

export function refuseDefault(name: string): void {
  if (name === '') throw new AmqpError(403, 'operation not permitted on the default exchange');
}
