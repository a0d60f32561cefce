import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import { commandId } from '../domain/command-id.ts';
import type { Decision } from '../domain/decide.ts';
import type { SagaEvent } from '../domain/events.ts';
import { hasEnded, type Saga } from '../domain/saga.ts';

/** Stores a saga that was accepted and has not begun; false where there is one of that id. */
export async function insertSaga(em: EntityManager, saga: Saga, startedBy: string | null): Promise<boolean> {
  const inserted = await query(
    em,
    frequent(`INSERT INTO saga (id, definition, definition_version, state, data, paused, cancel_requested, needs_attention, version, started_by)
     VALUES ($1, $2, $3, $4, $5::json, false, false, false, 0, $6) ON CONFLICT (id) DO NOTHING RETURNING 1`),
    [saga.id, saga.definition, saga.definitionVersion, saga.state, JSON.stringify(saga.data), startedBy],
  );
  return inserted.length === 1;
}

/** A decision on a saga as it was, about to be stored. */
export interface Undertaking {
  readonly before: Saga;
  readonly event: SagaEvent;
  readonly decision: Decision;
}

function rowOf({ before, event, decision: { saga, timer, history } }: Undertaking) {
  const known = new Set(before.steps);
  return {
    id: saga.id,
    version: before.version,
    state: saga.state,
    data: saga.data === before.data ? null : saga.data,
    failure: saga.failure,
    paused: saga.paused,
    cancelRequested: saga.cancelRequested,
    needsAttention: saga.needsAttention,
    ended: hasEnded(saga),
    steps: saga.steps.flatMap((record, index) =>
      known.has(record) ? [] : [{ ...record, ordinal: index + 1, command_id: commandId(saga.id, record.step, record.direction) }],
    ),
    history,
    event,
    timer,
  };
}

/**
 * Stores what decisions made of their sagas, each of another: the saga itself, the steps that changed, the history and the timer, by the database's clock; one statement.
 * Returns the sagas' ages in seconds, by their ids. @throws Error where a saga is not the one that was decided on, which the lock rules out.
 */
export async function saveDecisions(em: EntityManager, undertakings: readonly Undertaking[]): Promise<Map<string, number>> {
  const ids = undertakings.map(({ before }) => before.id);
  // The ids stand by themselves, too, so that the rows of sagas are looked up by them whatever the planner thinks of how many decisions there are.
  const rows = await query<{ id: string; age: number }>(
    em,
    frequent(`WITH d AS MATERIALIZED (
       SELECT * FROM json_to_recordset($2::json) AS d(id text, version int, state text, data json, failure text, paused boolean, "cancelRequested" boolean,
                                                      "needsAttention" boolean, ended boolean, steps json, history json, event json, timer json)
     ), saved AS (
       UPDATE saga SET state = d.state, data = coalesce(d.data, saga.data), failure = d.failure, paused = d.paused, cancel_requested = d."cancelRequested",
              needs_attention = d."needsAttention", version = saga.version + 1, updated_at = clock_timestamp(), ended_at = CASE WHEN d.ended THEN clock_timestamp() END
       FROM d WHERE saga.id = ANY($1::text[]) AND saga.id = d.id AND saga.version = d.version RETURNING saga.id, saga.updated_at - saga.created_at AS age
     ), steps AS (
       INSERT INTO saga_step (saga_id, step, direction, ordinal, status, attempts, earlier_attempts, late_reply, error, command_id, started_at, ended_at)
       SELECT d.id, step, direction, ordinal, status, attempts, "earlierAttempts", "lateReply", error, command_id,
              CASE WHEN attempts > 0 THEN clock_timestamp() END, CASE WHEN status NOT IN ('PENDING', 'RUNNING') THEN clock_timestamp() END
       FROM d, json_to_recordset(d.steps) AS changed(step text, direction text, ordinal int, status text, attempts int, "earlierAttempts" int,
                                                     "lateReply" text, error text, command_id uuid)
       ON CONFLICT (saga_id, step, direction) DO UPDATE SET status = excluded.status, attempts = excluded.attempts,
         earlier_attempts = excluded.earlier_attempts, late_reply = excluded.late_reply, error = excluded.error,
         started_at = coalesce(saga_step.started_at, excluded.started_at),
         ended_at = CASE WHEN excluded.ended_at IS NOT NULL THEN coalesce(saga_step.ended_at, excluded.ended_at) END
     ), history AS (
       INSERT INTO saga_event (saga_id, number, version, kind, state, step, direction, status, detail, event)
       SELECT d.id, (SELECT coalesce(max(number), 0) FROM saga_event WHERE saga_id = d.id) + n, d.version + 1, line ->> 'kind', line ->> 'state', line ->> 'step',
              line ->> 'direction', line ->> 'status', line ->> 'detail', CASE WHEN n = 1 THEN d.event END
       FROM d, json_array_elements(d.history) WITH ORDINALITY AS lines(line, n)
     ), cleared AS (
       DELETE FROM saga_timer USING d WHERE saga_id = ANY($1::text[]) AND saga_id = d.id AND d.timer ->> 'kind' = 'CLEAR'
     ), timer AS (
       INSERT INTO saga_timer (saga_id, step, direction, attempt, due_at)
       SELECT id, timer ->> 'step', timer ->> 'direction', (timer ->> 'attempt')::int,
              clock_timestamp() + (timer ->> 'afterMs')::float8 * interval '1 millisecond' FROM d WHERE timer ->> 'kind' = 'SET'
       ON CONFLICT (saga_id) DO UPDATE SET step = excluded.step, direction = excluded.direction, attempt = excluded.attempt, due_at = excluded.due_at
     )
     SELECT id, extract(epoch FROM age)::float8 AS age FROM saved`),
    [ids, JSON.stringify(undertakings.map(rowOf))],
  );
  const ages = new Map(rows.map(({ id, age }) => [id, age]));
  for (const { before } of undertakings)
    if (!ages.has(before.id)) throw new Error(`saga ${before.id} is not at version ${before.version} any more`);
  return ages;
}
