import type { EntityManager } from '@comptoir/platform/database.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type ApiKeyRow, apiKeyColumns, type StoredApiKey, toApiKeyRow } from '../store/api-keys.ts';

const order = 'ISSUED';

/** API keys, newest first. */
export async function findApiKeys(
  em: EntityManager,
  { consumerId, revoked }: { consumerId?: string | null; revoked?: boolean | null },
  page: PageRequest,
): Promise<Page<ApiKeyRow>> {
  const { first, after } = readPageRequest(page, order, ['int']);
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (typeof consumerId === 'string') conditions.push(`k.consumer_id = ${bind(isStorable(consumerId) ? consumerId : '')}`);
  if (typeof revoked === 'boolean') conditions.push(`k.revoked_at IS ${revoked ? 'NOT NULL' : 'NULL'}`);
  const restricted = `api_key k WHERE ${conditions.join(' AND ')}`;
  const counted = [...parameters];
  const beyond = after ? `AND k.seq < ${bind(after[0])}::bigint` : '';
  const rows = await query<StoredApiKey>(
    em,
    `SELECT ${apiKeyColumns} FROM ${restricted} ${beyond} ORDER BY k.seq DESC LIMIT ${bind(first + 1)}`,
    parameters,
  );
  return toPage(rows, {
    first,
    order,
    placeOf: ({ seq }) => [seq],
    toNode: toApiKeyRow,
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM ${restricted}`, counted);
      return row?.count ?? 0;
    },
  });
}
