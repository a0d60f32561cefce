import type { ServiceName } from '../databases.ts';
import { type Invariant, rowsOf } from './invariant.ts';

const senders = ['sagas', 'orders', 'inventory', 'customers'] as const satisfies readonly ServiceName[];

/** What is older and neither sent nor parked is forgotten. */
const unsentForSeconds = 10;

export const messageInvariants: readonly Invariant[] = [
  ...senders.map(
    (service): Invariant => ({
      name: `I8 every message of ${service} is sent, or parked with a reason`,
      find: rowsOf(
        service,
        `SELECT format('%s %s of %s %s: sent %s, parked %s, error %s', type, message_id, aggregate_type, aggregate_id, sent_at, parked_at, last_error) AS violation
         FROM outbox WHERE sent_at IS NULL
           AND (parked_at IS NULL AND created_at < clock_timestamp() - interval '${unsentForSeconds} seconds' OR parked_at IS NOT NULL AND last_error IS NULL)`,
      ),
    }),
  ),
  {
    name: 'I9 every acknowledged order has its saga',
    async find({ sql, history }) {
      const ids = history.map(({ sagaId }) => sagaId);
      const rows = await sql<{ id: string }>(
        'sagas',
        `SELECT asked.id FROM unnest($1::text[]) AS asked(id)
         WHERE asked.id NOT IN (SELECT s.id FROM saga_event e JOIN saga s ON s.id = e.saga_id WHERE e.kind = 'STARTED')
           OR asked.id NOT IN (SELECT aggregate_id FROM outbox WHERE type = 'saga.started' AND aggregate_id IS NOT NULL)`,
        [ids],
      );
      return rows.map(({ id }) => `${id} was acknowledged and never started`);
    },
  },
  {
    name: 'I9 one key, one saga',
    async find({ history }) {
      const byKey = Map.groupBy(history, ({ idempotencyKey }) => idempotencyKey);
      return [...byKey].flatMap(([key, answers]) => {
        const ids = new Set(answers.map(({ sagaId }) => sagaId));
        return ids.size > 1 ? [`key ${key} was answered with ${[...ids].join(', ')}`] : [];
      });
    },
  },
  ...senders.map(
    (service): Invariant => ({
      name: `I10 ${service} tells of each thing in the order of its versions`,
      find: rowsOf(
        service,
        `SELECT format('%s %s: version %s after %s', aggregate_type, aggregate_id, aggregate_version, before) AS violation
         FROM (
           SELECT *, lag(aggregate_version) OVER (PARTITION BY aggregate_type, aggregate_id ORDER BY position) AS before
           FROM outbox WHERE aggregate_version IS NOT NULL AND position IS NOT NULL) told
         WHERE aggregate_version <= before`,
      ),
    }),
  ),
  {
    name: 'I10 orders knows customers as they are',
    async find({ sql }) {
      const told = await sql<{ id: number; version: number; deleted: boolean }>(
        'customers',
        `SELECT aggregate_id::int AS id, max(aggregate_version) AS version, bool_or(type = 'client.deleted') AS deleted FROM outbox
         WHERE aggregate_type = 'customer' GROUP BY aggregate_id`,
      );
      const known = await sql<{ id: number; version: number; deleted: boolean }>(
        'orders',
        'SELECT id, version, deleted_at IS NOT NULL AS deleted FROM customer',
      );
      const byId = new Map(known.map((customer) => [customer.id, customer]));
      return told.flatMap(({ id, version, deleted }) => {
        const heard = byId.get(id);
        if (deleted ? heard?.deleted : heard?.version === version && !heard.deleted) return [];
        return [`customer ${id} is ${deleted ? 'deleted' : `at version ${version}`}; orders knows ${JSON.stringify(heard ?? null)}`];
      });
    },
  },
];
