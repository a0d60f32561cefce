import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { hashOfKey, lastFourOfKey, prefixOfKey } from '../domain/api-key.ts';
import { dateOf, ms, type WithNumbers } from './moments.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly seq: string;
  readonly consumerId: string;
  readonly label: string;
  readonly prefix: string;
  readonly lastFour: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export type StoredApiKey = WithNumbers<ApiKeyRow>;

export const apiKeyColumns = `k.id, k.seq, k.consumer_id AS "consumerId", k.label, k.prefix, k.last_four AS "lastFour", ${ms('k.created_at')} AS "createdAt",
  ${ms('k.last_used_at')} AS "lastUsedAt", ${ms('k.expires_at')} AS "expiresAt", ${ms('k.revoked_at')} AS "revokedAt"`;

export const toApiKeyRow = ({ createdAt, lastUsedAt, expiresAt, revokedAt, ...row }: StoredApiKey): ApiKeyRow => ({
  ...row,
  createdAt: new Date(createdAt),
  lastUsedAt: dateOf(lastUsedAt),
  expiresAt: dateOf(expiresAt),
  revokedAt: dateOf(revokedAt),
});

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Whether a text can be the id of a key or a session. */
export const isUuid = (text: string): boolean => uuid.test(text);

export async function readApiKey(em: EntityManager, id: string): Promise<ApiKeyRow | null> {
  const [row] = isUuid(id) ? await query<StoredApiKey>(em, `SELECT ${apiKeyColumns} FROM api_key k WHERE k.id = $1`, [id]) : [];
  return row ? toApiKeyRow(row) : null;
}

export async function lockApiKey(em: EntityManager, id: string): Promise<ApiKeyRow | null> {
  const [row] = isUuid(id) ? await query<StoredApiKey>(em, `SELECT ${apiKeyColumns} FROM api_key k WHERE k.id = $1 FOR UPDATE`, [id]) : [];
  return row ? toApiKeyRow(row) : null;
}

/** Keeps what may be kept of a key. */
export async function insertApiKey(
  em: EntityManager,
  key: string,
  { consumerId, label, expiresAt }: { consumerId: string; label: string; expiresAt: Date | null },
): Promise<string> {
  const [row] = await query<{ id: string }>(
    em,
    'INSERT INTO api_key (hash, consumer_id, label, prefix, last_four, expires_at) VALUES ($1, $2, $3, $4, $5, $6::timestamptz) RETURNING id',
    [hashOfKey(key), consumerId, label, prefixOfKey(key), lastFourOfKey(key), expiresAt?.toISOString() ?? null],
  );
  return row?.id as string;
}

export async function revokeApiKey(em: EntityManager, id: string): Promise<void> {
  await query(em, 'UPDATE api_key SET revoked_at = clock_timestamp() WHERE id = $1', [id]);
}

const seenAgainAfterMinutes = 15;

/** Whose key it is; null where it is unknown, revoked or expired. That it was seen is written down at most every quarter of an hour. */
export async function consumerIdOfKey(em: EntityManager, key: string): Promise<string | null> {
  const hash = hashOfKey(key);
  const [row] = await query<{ consumer_id: string; seen: boolean }>(
    em,
    `SELECT consumer_id, coalesce(last_used_at > now() - $2 * interval '1 minute', false) AS seen
     FROM api_key WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [hash, seenAgainAfterMinutes],
  );
  if (row && !row.seen) await query(em, 'UPDATE api_key SET last_used_at = now() WHERE hash = $1', [hash]);
  return row?.consumer_id ?? null;
}
