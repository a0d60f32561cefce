import { csvFile, csvText } from '../../controls/csv.ts';
import type { ConsumerRowFragment } from '../../generated/operations.ts';
import type { KeysOfConsumer } from './use-valid-keys.ts';

/** Consumers and their keys for a spreadsheet, by the names that the graph has for them; `keys` is null while it is not known which are valid. */
export function consumersCsv(
  consumers: readonly ConsumerRowFragment[],
  keys: ReadonlyMap<string, KeysOfConsumer> | null,
  language: 'fr' | 'en',
): string {
  const titles = ['id', 'name', 'roles', 'stores', 'tier', 'per_minute', 'per_hour', 'valid_keys', 'last_used_at', 'created_at', 'demo'];
  const lines = consumers.map(({ id, name, roles, stores, tier, limits, createdAt, demo }) => [
    csvText(id),
    csvText(name),
    csvText(roles.join(' ')),
    csvText(stores?.map((store) => store.id).join(' ') ?? ''),
    tier ?? '',
    String(limits.perMinute),
    String(limits.perHour),
    keys === null ? '' : String(keys.get(id)?.valid ?? 0),
    keys?.get(id)?.lastUsedAt ?? '',
    createdAt,
    String(demo),
  ]);
  return csvFile([titles, ...lines], language);
}
