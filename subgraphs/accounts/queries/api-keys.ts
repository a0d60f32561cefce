import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type ApiKeyRow, apiKeyColumns, toApiKeyRow } from '../store/api-keys.ts';

const newestFirst: ListOrder = { name: 'ISSUED', columns: [{ sql: 'k.seq', kind: 'int' }], descending: true };

/** API keys, newest first. */
export function findApiKeys(
  em: EntityManager,
  { consumerId, revoked }: { consumerId?: string | null; revoked?: boolean | null },
  page: PageRequest & { readonly counted: boolean },
): Promise<Page<ApiKeyRow>> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (typeof consumerId === 'string') conditions.push(`k.consumer_id = ${bind(isStorable(consumerId) ? consumerId : '')}`);
  if (typeof revoked === 'boolean') conditions.push(`k.revoked_at IS ${revoked ? 'NOT NULL' : 'NULL'}`);
  const from = `api_key k WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: apiKeyColumns, from, parameters, order: newestFirst, toNode: toApiKeyRow }, page);
}
