import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { ConsumerColumns } from '../domain/read-consumer.ts';
import { type Tier, tierLimits } from '../domain/tiers.ts';
import { ms } from './moments.ts';

/** A consumer as the graph shows it; a member of staff is one too. */
export interface ConsumerRow {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Ids of places; null: everywhere. */
  readonly stores: readonly string[] | null;
  readonly perMinute: number;
  readonly perHour: number;
  readonly tier: Tier | null;
  readonly demo: boolean;
  readonly version: number;
  readonly createdAt: Date;
}

interface StoredConsumer {
  id: string;
  name: string;
  roles: Role[];
  stores: string[] | null;
  tier: Tier;
  per_minute: number | null;
  per_hour: number | null;
  demo: boolean;
  version: number;
  created: number;
}

/** What a change is compared with. */
export type ConsumerState = Required<ConsumerColumns> & { readonly id: string; readonly version: number };

const columns = `id, name, roles, stores, tier, per_minute, per_hour, demo, version, ${ms('created_at')} AS created`;

function toRow({ id, name, roles, stores, tier, per_minute, per_hour, demo, version, created }: StoredConsumer): ConsumerRow {
  const { perMinute, perHour } = tierLimits[tier];
  const limits = { perMinute: per_minute ?? perMinute, perHour: per_hour ?? perHour };
  return { id, name, roles, stores, tier, ...limits, demo, version, createdAt: new Date(created) };
}

export async function readConsumers(em: EntityManager, ids: readonly string[]): Promise<ConsumerRow[]> {
  return (await query<StoredConsumer>(em, `SELECT ${columns} FROM consumer WHERE id = ANY($1::text[])`, [ids])).map(toRow);
}

/** By name. */
export async function listConsumers(em: EntityManager, limit: number): Promise<ConsumerRow[]> {
  return (await query<StoredConsumer>(em, `SELECT ${columns} FROM consumer ORDER BY name LIMIT $1`, [limit])).map(toRow);
}

/** Unique. */
export const consumerNameConstraint = 'consumer_name_key';

export async function insertConsumer(em: EntityManager, values: ConsumerColumns): Promise<string> {
  const names = Object.keys(values);
  const [row] = await query<{ id: string }>(
    em,
    `INSERT INTO consumer (id, ${names.join(', ')}) VALUES (gen_random_uuid()::text, ${names.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING id`,
    Object.values(values),
  );
  return row?.id as string;
}

export async function lockConsumer(em: EntityManager, id: string): Promise<ConsumerState | null> {
  const [row] = await query<ConsumerState>(
    em,
    'SELECT id, name, roles, stores, tier, per_minute, per_hour, version FROM consumer WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row ?? null;
}

/** Changes a locked consumer and counts its version up. The names of columns are ours, never a caller's. */
export async function updateConsumer(em: EntityManager, id: string, values: ConsumerColumns): Promise<void> {
  const assignments = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
  await query(em, `UPDATE consumer SET ${[...assignments, 'version = version + 1'].join(', ')} WHERE id = $1`, [
    id,
    ...Object.values(values),
  ]);
}
