import type { Database } from '../database.ts';

export interface ToldAudit {
  readonly action: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly store_ids: readonly string[];
  readonly summary: string;
  readonly changes: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[];
}

/** Looks at what a service tells the audit log. */
export function followAudit(database: Database) {
  const all = async () =>
    (await database.query<{ payload: ToldAudit }>(`SELECT payload FROM outbox WHERE type = 'audit.recorded' ORDER BY id`)).map(
      ({ payload }) => payload,
    );
  return {
    /** What was told while the work was done. */
    async during(work: () => Promise<unknown>): Promise<ToldAudit[]> {
      const before = await all();
      await work();
      return (await all()).slice(before.length);
    },
    /** Nothing can be told while the work is done: what has to be told cannot be done either. */
    async whileImpossible<T>(work: () => Promise<T>): Promise<T> {
      await database.query(`ALTER TABLE outbox ADD CONSTRAINT no_audit CHECK (type <> 'audit.recorded') NOT VALID`);
      try {
        return await work();
      } finally {
        await database.query('ALTER TABLE outbox DROP CONSTRAINT no_audit');
      }
    },
  };
}
