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

/**
 * Stores what a decision made of the saga: the saga itself, the steps that changed, the history and the timer, by the database's clock; one statement.
 * Returns the saga's age in seconds. @throws Error where the saga is not the one that was decided on, which the lock rules out.
 */
export async function saveDecision(em: EntityManager, before: Saga, event: SagaEvent, decision: Decision): Promise<number> {
  const { saga, timer, history } = decision;
  const known = new Set(before.steps);
  const steps = saga.steps.flatMap((record, index) =>
    known.has(record) ? [] : [{ ...record, ordinal: index + 1, command_id: commandId(saga.id, record.step, record.direction) }],
  );
  const [saved] = await query<{ age: number }>(
    em,
    frequent(`WITH saved AS (
       UPDATE saga SET state = $3, data = coalesce($4::json, data), failure = $5, paused = $6, cancel_requested = $7, needs_attention = $8, version = version + 1,
              updated_at = clock_timestamp(), ended_at = CASE WHEN $9 THEN clock_timestamp() END
       WHERE id = $1 AND version = $2 RETURNING updated_at - created_at AS age
     ), steps AS (
       INSERT INTO saga_step (saga_id, step, direction, ordinal, status, attempts, earlier_attempts, late_reply, error, command_id, started_at, ended_at)
       SELECT $1, step, direction, ordinal, status, attempts, "earlierAttempts", "lateReply", error, command_id,
              CASE WHEN attempts > 0 THEN clock_timestamp() END, CASE WHEN status NOT IN ('PENDING', 'RUNNING') THEN clock_timestamp() END
       FROM json_to_recordset($10::json) AS changed(step text, direction text, ordinal int, status text, attempts int, "earlierAttempts" int,
                                                    "lateReply" text, error text, command_id uuid)
       ON CONFLICT (saga_id, step, direction) DO UPDATE SET status = excluded.status, attempts = excluded.attempts,
         earlier_attempts = excluded.earlier_attempts, late_reply = excluded.late_reply, error = excluded.error,
         started_at = coalesce(saga_step.started_at, excluded.started_at),
         ended_at = CASE WHEN excluded.ended_at IS NOT NULL THEN coalesce(saga_step.ended_at, excluded.ended_at) END
     ), history AS (
       INSERT INTO saga_event (saga_id, number, version, kind, state, step, direction, status, detail, event)
       SELECT $1, (SELECT coalesce(max(number), 0) FROM saga_event WHERE saga_id = $1) + n, $2 + 1, line ->> 'kind', line ->> 'state', line ->> 'step',
              line ->> 'direction', line ->> 'status', line ->> 'detail', CASE WHEN n = 1 THEN $12::json END
       FROM json_array_elements($11::json) WITH ORDINALITY AS lines(line, n)
     ), cleared AS (
       DELETE FROM saga_timer WHERE saga_id = $1 AND $13 = 'CLEAR'
     ), timer AS (
       INSERT INTO saga_timer (saga_id, step, direction, attempt, due_at)
       SELECT $1, $14, $15, $16::int, clock_timestamp() + $17::float8 * interval '1 millisecond' WHERE $13 = 'SET'
       ON CONFLICT (saga_id) DO UPDATE SET step = excluded.step, direction = excluded.direction, attempt = excluded.attempt, due_at = excluded.due_at
     )
     SELECT extract(epoch FROM age)::float8 AS age FROM saved`),
    [
      saga.id,
      before.version,
      saga.state,
      saga.data === before.data ? null : JSON.stringify(saga.data),
      saga.failure,
      saga.paused,
      saga.cancelRequested,
      saga.needsAttention,
      hasEnded(saga),
      JSON.stringify(steps),
      JSON.stringify(history),
      JSON.stringify(event),
      timer.kind,
      ...(timer.kind === 'SET' ? [timer.step, timer.direction, timer.attempt, timer.afterMs] : [null, null, null, null]),
    ],
  );
  if (!saved) throw new Error(`saga ${saga.id} is not at version ${before.version} any more`);
  return saved.age;
}
