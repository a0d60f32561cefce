import { AmqpError } from './amqp-error.ts';
import { type FieldTable, type FieldValue, integerOf, plainValue, sameValue, textOf } from './wire/field-table.ts';

export type QueueType = 'classic' | 'quorum';

interface ArgumentRule {
  readonly queueTypes: readonly QueueType[];
  /** What a value must be, or undefined if this one is. */
  readonly fault: (value: FieldValue) => string | undefined;
}

const both: readonly QueueType[] = ['classic', 'quorum'];
const integerFrom =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (value: FieldValue) => {
    const integer = integerOf(value);
    if (integer === undefined) return 'an integer is wanted';
    return integer < min || integer > max
      ? `${min} or more is wanted${max < Number.MAX_SAFE_INTEGER ? `, ${max} at most` : ''}`
      : undefined;
  };
const anyText = (value: FieldValue) => (value.type === 'string' ? undefined : 'a string is wanted');
const oneOf =
  (...allowed: readonly string[]) =>
  (value: FieldValue) =>
    allowed.includes(textOf(value) ?? '') ? undefined : `one of ${allowed.join(', ')} is wanted`;

/** The arguments that mean something. RabbitMQ ignores unknown ones, and refuses those of another queue type. */
const rules: ReadonlyMap<string, ArgumentRule> = new Map([
  ['x-queue-type', { queueTypes: both, fault: oneOf('classic', 'quorum') }],
  ['x-expires', { queueTypes: both, fault: integerFrom(1) }],
  ['x-message-ttl', { queueTypes: both, fault: integerFrom(0) }],
  ['x-dead-letter-exchange', { queueTypes: both, fault: anyText }],
  ['x-dead-letter-routing-key', { queueTypes: both, fault: anyText }],
  ['x-max-length', { queueTypes: both, fault: integerFrom(0) }],
  ['x-max-length-bytes', { queueTypes: both, fault: integerFrom(0) }],
  ['x-overflow', { queueTypes: both, fault: oneOf('drop-head', 'reject-publish', 'reject-publish-dlx') }],
  ['x-single-active-consumer', { queueTypes: both, fault: (value) => (value.type === 'boolean' ? undefined : 'a boolean is wanted') }],
  ['x-max-priority', { queueTypes: ['classic'], fault: integerFrom(0, 255) }],
  ['x-queue-mode', { queueTypes: ['classic'], fault: oneOf('default', 'lazy') }],
  ['x-queue-version', { queueTypes: ['classic'], fault: integerFrom(1, 2) }],
  ['x-delivery-limit', { queueTypes: ['quorum'], fault: integerFrom(0) }],
  ['x-dead-letter-strategy', { queueTypes: ['quorum'], fault: oneOf('at-most-once', 'at-least-once') }],
  ['x-quorum-initial-group-size', { queueTypes: ['quorum'], fault: integerFrom(1) }],
] satisfies [string, ArgumentRule][]);

export interface QueueFlags {
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
}

/** Returns the queue's type; throws 406 for arguments and flags it cannot have. `described` names the queue in messages. */
export function checkQueueArguments(described: string, flags: QueueFlags, args: FieldTable): QueueType {
  const type = textOf(args.get('x-queue-type')) === 'quorum' ? 'quorum' : 'classic';
  for (const [name, value] of args) {
    const rule = rules.get(name);
    if (!rule) continue;
    const fault = rule.queueTypes.includes(type) ? rule.fault(value) : `not for ${type} queues`;
    if (fault) throw new AmqpError(406, `invalid arg '${name}' for ${described}: ${JSON.stringify(plainValue(value))}, ${fault}`);
  }
  if (args.has('x-dead-letter-routing-key') && !args.has('x-dead-letter-exchange')) {
    throw new AmqpError(406, `invalid arg 'x-dead-letter-routing-key' for ${described}: there is no x-dead-letter-exchange`);
  }
  if (type === 'quorum') {
    for (const [property, wrong] of [
      ['non-durable', !flags.durable] as const,
      ['exclusive', flags.exclusive] as const,
      ['auto-delete', flags.autoDelete] as const,
    ]) {
      if (wrong) throw new AmqpError(406, `invalid property '${property}' for ${described}`);
    }
    if (textOf(args.get('x-overflow')) === 'reject-publish-dlx') throw new AmqpError(406, `invalid arg 'x-overflow' for ${described}`);
  }
  return type;
}

/** The first argument in which a new declaration differs from the queue there is. */
export function differingArgument(current: FieldTable, wanted: FieldTable): string | undefined {
  for (const name of rules.keys()) {
    const [a, b] = [current.get(name), wanted.get(name)];
    if (a === undefined && b === undefined) continue;
    if (a === undefined || b === undefined || !sameValue(a, b)) {
      if (name === 'x-queue-type' && (textOf(a) ?? 'classic') === (textOf(b) ?? 'classic')) continue;
      return name;
    }
  }
  return undefined;
}
