import { type FieldTable, type FieldValue, integerOf, textOf } from './wire/field-table.ts';

export type Overflow = 'drop-head' | 'reject-publish' | 'reject-publish-dlx';

/** What holds for a queue at the moment: its arguments and its policy taken together. */
export interface QueueLimits {
  readonly messageTtlMs: number | undefined;
  readonly expiresMs: number | undefined;
  readonly maxLength: number | undefined;
  readonly maxLengthBytes: number | undefined;
  readonly overflow: Overflow;
  readonly deadLetterExchange: string | undefined;
  readonly deadLetterRoutingKey: string | undefined;
  readonly deliveryLimit: number | undefined;
}

export type PolicyDefinition = Readonly<Record<string, unknown>>;

/** Names, dead-lettering and overflow: the argument wins. Numbers: the smaller one holds. As RabbitMQ does it. */
export function effectiveLimits(args: FieldTable, policy: PolicyDefinition = {}): QueueLimits {
  const number = (name: string) => smaller(integerOf(args.get(`x-${name}`)), policyNumber(policy[name]));
  const string = (name: string) => textOf(args.get(`x-${name}`)) ?? policyText(policy[name]);
  return {
    messageTtlMs: number('message-ttl'),
    expiresMs: number('expires'),
    maxLength: number('max-length'),
    maxLengthBytes: number('max-length-bytes'),
    overflow: (string('overflow') as Overflow | undefined) ?? 'drop-head',
    deadLetterExchange: string('dead-letter-exchange'),
    deadLetterRoutingKey: string('dead-letter-routing-key'),
    deliveryLimit: number('delivery-limit'),
  };
}

/** The highest priority a message can have, 0 without priorities. */
export function maxPriority(args: FieldTable): number {
  return integerOf(args.get('x-max-priority')) ?? 0;
}

export function isTrue(value: FieldValue | undefined): boolean {
  return value?.type === 'boolean' && value.value;
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

function policyNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function policyText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
