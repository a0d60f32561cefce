import type { ConsumerRowFragment, CreateConsumerInput, Role, Tier } from '../../generated/operations.ts';
import { parseNumber } from '../../language/parse-number.ts';
import { sayFaults } from '../../language/say-faults.ts';

/** A program's sheet as it is typed. */
export type ConsumerFields = {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tier: Tier;
  /** Empty: that of the tier. */
  readonly perMinute: string;
  readonly perHour: string;
  readonly everywhere: boolean;
  /** Ids of places; without meaning where it may act everywhere. */
  readonly stores: readonly string[];
};

export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

export const tiers = ['DEMO', 'STANDARD', 'PARTNER', 'INTERNAL'] as const satisfies readonly Tier[];
const mostPerMinute = 1_000_000;
const mostPerHour = 60_000_000;

export const blankConsumer: ConsumerFields = {
  name: '',
  roles: [],
  tier: 'STANDARD',
  perMinute: '',
  perHour: '',
  everywhere: true,
  stores: [],
};

/** @param tierLimits those of its tier: limits that are the same are not its own. */
export function fieldsOfConsumer(consumer: ConsumerRowFragment, tierLimits: Limits | undefined): ConsumerFields {
  const own = (limit: number, ofTier: number | undefined) => (limit === ofTier ? '' : String(limit));
  return {
    name: consumer.name,
    roles: consumer.roles,
    tier: consumer.tier ?? 'STANDARD',
    perMinute: own(consumer.limits.perMinute, tierLimits?.perMinute),
    perHour: own(consumer.limits.perHour, tierLimits?.perHour),
    everywhere: consumer.stores === null,
    stores: consumer.stores?.map(({ id }) => id) ?? [],
  };
}

/** What is wrong, by field; `words` say it. */
export function consumerFaults(fields: ConsumerFields, words: Readonly<Record<string, string>>): Record<string, string> {
  const { name, roles, perMinute, perHour, everywhere, stores } = fields;
  const wrong = {
    name: name.trim() === '' || [...name.trim()].length > 100,
    roles: roles.length === 0,
    perMinute: limitOf(perMinute, mostPerMinute) === undefined,
    perHour: limitOf(perHour, mostPerHour) === undefined,
    stores: !everywhere && stores.length === 0,
  };
  return sayFaults(wrong, words);
}

/** Fields that are right, as the graph takes them. */
export function consumerInput({ name, roles, tier, perMinute, perHour, everywhere, stores }: ConsumerFields): CreateConsumerInput {
  return {
    name: name.trim(),
    roles: [...roles],
    tier,
    perMinute: limitOf(perMinute, mostPerMinute) ?? null,
    perHour: limitOf(perHour, mostPerHour) ?? null,
    stores: everywhere ? null : [...stores],
  };
}

/** Null: none of its own; undefined: no such limit. */
function limitOf(text: string, most: number): number | null | undefined {
  if (text.trim() === '') return null;
  const parsed = parseNumber(text);
  return parsed.ok && Number.isInteger(parsed.value) && parsed.value >= 1 && parsed.value <= most ? parsed.value : undefined;
}
