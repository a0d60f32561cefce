import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';

/** First keys of our advisory locks; the second is the customer's or product's id. Rows cannot be locked of what was never heard of. */
const customerLocks = 1;
const productLocks = 2;

export type CustomerStanding = 'UNKNOWN' | 'KNOWN' | 'DELETED';

export interface KnownCustomer {
  readonly standing: CustomerStanding;
  /** Whether its creation was heard of, too: of one that was deleted it may still be on its way. */
  readonly heardOf: boolean;
}

/** What is known of a customer, which stays true until the caller's transaction ends: its deletion waits for that. */
export async function holdCustomer(em: EntityManager, id: number): Promise<KnownCustomer> {
  await query(em, unread('SELECT pg_advisory_xact_lock_shared($1, $2)'), [customerLocks, id]);
  // A statement of its own: it sees what was committed while the lock was waited for.
  const [row] = await query<{ known: boolean; deleted: boolean }>(
    em,
    frequent('SELECT known, deleted_at IS NOT NULL AS deleted FROM customer WHERE id = $1'),
    [id],
  );
  if (!row) return { standing: 'UNKNOWN', heardOf: false };
  return { standing: row.deleted ? 'DELETED' : 'KNOWN', heardOf: row.known };
}

/** A customer that was created or changed. News may come in any order, also after that of its deletion, which stays. */
export async function rememberCustomer(em: EntityManager, id: number, version: number): Promise<void> {
  await query(
    em,
    frequent(`INSERT INTO customer (id, known, version) VALUES ($1, true, $2)
     ON CONFLICT (id) DO UPDATE SET known = true, version = greatest(customer.version, excluded.version)`),
    [id, version],
  );
}

/** Waits for the transactions that create something for the customer; later ones find it deleted. */
export async function buryCustomer(em: EntityManager, id: number): Promise<void> {
  await query(em, unread('SELECT pg_advisory_xact_lock($1, $2)'), [customerLocks, id]);
  await query(
    em,
    frequent(`INSERT INTO customer (id, known, deleted_at) VALUES ($1, false, clock_timestamp())
     ON CONFLICT (id) DO UPDATE SET deleted_at = coalesce(customer.deleted_at, excluded.deleted_at)`),
    [id],
  );
}

/** Which of the products were taken out of the catalogue; stays true until the caller's transaction ends. */
export async function holdProducts(em: EntityManager, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  if (sorted.length === 0) return new Set();
  await query(em, unread('SELECT pg_advisory_xact_lock_shared($1, id) FROM unnest($2::int[]) AS id'), [productLocks, sorted]);
  const rows = await query<{ id: number }>(em, frequent('SELECT id FROM deleted_product WHERE id = ANY($1::int[])'), [sorted]);
  return new Set(rows.map(({ id }) => id));
}

export async function buryProduct(em: EntityManager, id: number): Promise<void> {
  await query(em, unread('SELECT pg_advisory_xact_lock($1, $2)'), [productLocks, id]);
  await query(em, frequent('INSERT INTO deleted_product (id) VALUES ($1) ON CONFLICT DO NOTHING'), [id]);
}
