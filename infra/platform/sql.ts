import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/**
 * Runs one SQL statement with `$1`, `$2`, … parameters in the entity manager's transaction, if it is in one.
 * JavaScript arrays become PostgreSQL arrays; bigint columns come back as strings, timestamps as text, json parsed.
 */
export async function query<Row = Record<string, unknown>>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return rows as Row[];
}
