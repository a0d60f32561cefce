import { AmqpError } from '../amqp-error.ts';
import type { Channel } from '../channel.ts';
import type { Method, MethodName } from '../wire/method-specs.ts';
import { acknowledgementCommands } from './acknowledgements.ts';
import { bindingCommands } from './bindings.ts';
import { consumingCommands } from './consuming.ts';
import { exchangeCommands } from './exchanges.ts';
import { publishingCommands } from './publishing.ts';
import { queueCommands } from './queues.ts';

/** What a channel does for the methods it gets. */
export type Commands = { readonly [N in MethodName]?: (channel: Channel, method: Method<N>) => void };

const commands: Commands = {
  'channel.flow': (channel, { active }) => {
    if (!active) throw new AmqpError(540, 'active=false');
    channel.send({ name: 'channel.flow-ok', active });
  },
  ...exchangeCommands,
  ...bindingCommands,
  ...queueCommands,
  ...publishingCommands,
  ...consumingCommands,
  ...acknowledgementCommands,
};

/** Throws for methods that are not a client's to send, and for transactions, which the development broker does not have. */
export function commandFor(method: Method): (channel: Channel, method: Method) => void {
  const command = commands[method.name] as ((channel: Channel, method: Method) => void) | undefined;
  if (command) return command;
  if (method.name.startsWith('tx.')) throw new AmqpError(540, 'the development broker has no transactions: use publisher confirms');
  throw new AmqpError(503, `unexpected method ${method.name}`);
}
