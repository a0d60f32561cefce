import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool } from 'pg';

/** By an entity manager that is never in a transaction, and by the driver of all. */
const pools = new WeakMap<object, Pool>();

/** Has the statements of this entity manager run on the pool by themselves, and those of its forks where they are in no transaction. */
export function runOnPool(em: EntityManager, pool: Pool): void {
  pools.set(em, pool);
  pools.set(em.getDriver(), pool);
}

/**
 * Runs one SQL statement with `$1`, `$2`, … parameters in the entity manager's transaction, if it is in one.
 * JavaScript arrays become PostgreSQL arrays; bigint columns come back as strings, timestamps as text, json parsed.
 */
export async function query<Row = Record<string, unknown>>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  // A read costs less than what Kysely and MikroORM do around it, none of which it needs.
  const pool = pools.get(em) ?? (em.isInTransaction() ? undefined : pools.get(em.getDriver()));
  if (pool) return queryOn<Row>(pool, sql, parameters);
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
  return rows as Row[];
}

async function queryOn<Row>(pool: Pool, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  const client = await pool.connect();
  try {
    return (await client.query(sql, [...parameters])).rows as Row[];
  } finally {
    client.release();
  }
}
