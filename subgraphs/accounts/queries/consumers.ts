import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import DataLoader from 'dataloader';
import { hashOfKey } from '../domain/api-key.ts';
import { ConsumerEntity, type ConsumerRow } from '../entities/consumer.ts';

const maxConsumers = 1_000;
const maxKeyLength = 1_000;

/** One statement for all ids that are asked for in the same moment. */
export function createConsumerLoader(em: EntityManager) {
  return new DataLoader<string, ConsumerRow | null>(async (ids) => {
    const rows = (await em.find(ConsumerEntity, { id: { $in: [...ids] } })) as ConsumerRow[];
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** By name; the thousand first where there are more. */
export async function findConsumers(em: EntityManager): Promise<ConsumerRow[]> {
  return (await em.find(ConsumerEntity, {}, { orderBy: { name: 'asc' }, limit: maxConsumers })) as ConsumerRow[];
}

/** Whose key it is; null where it is unknown or revoked. */
export async function consumerIdOfKey(em: EntityManager, key: string): Promise<string | null> {
  if (key.length > maxKeyLength) return null;
  const [row] = await query<{ consumer_id: string }>(em, 'SELECT consumer_id FROM api_key WHERE hash = $1 AND revoked_at IS NULL', [
    hashOfKey(key),
  ]);
  return row?.consumer_id ?? null;
}
