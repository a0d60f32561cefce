import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import { commandId } from '../domain/command-id.ts';
import type { Decision } from '../domain/decide.ts';
import type { SagaEvent } from '../domain/events.ts';
import { hasEnded, type Saga } from '../domain/saga.ts';

/** A decision on a saga as it was, about to be stored. */
export interface Undertaking {
  readonly before: Saga;
  readonly event: SagaEvent;
  readonly decision: Decision;
}

/** The decision to begin a saga that is not stored yet. */
export interface Beginning extends Undertaking {
  /** Who asked for it. */
  readonly startedBy: string | null;
}

function rowOf({ before, event, decision: { saga, timer, history } }: Undertaking) {
  const known = new Set(before.steps);
  return {
    id: saga.id,
    definition: saga.definition,
    definitionVersion: saga.definitionVersion,
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

/** A statement that stores decisions; `saga` is the part that stores the sagas themselves, and returns ids and ages of those for which it did. */
const storing = (saga: string) =>
  frequent(`WITH d AS MATERIALIZED (
       SELECT * FROM json_to_recordset($2::json) AS d(id text, definition text, "definitionVersion" int, version int, state text, data json, failure text, paused boolean,
                                                      "cancelRequested" boolean, "needsAttention" boolean, ended boolean, "startedBy" text, steps json, history json,
                                                      event json, timer json)
     ), saved AS (
       ${saga}
     ), steps AS (
       INSERT INTO saga_step (saga_id, step, direction, ordinal, status, attempts, earlier_attempts, late_reply, error, command_id, started_at, ended_at)
       SELECT d.id, step, direction, ordinal, status, attempts, "earlierAttempts", "lateReply", error, command_id,
              CASE WHEN attempts > 0 THEN clock_timestamp() END, CASE WHEN status NOT IN ('PENDING', 'RUNNING') THEN clock_timestamp() END
       FROM d JOIN saved USING (id), json_to_recordset(d.steps) AS changed(step text, direction text, ordinal int, status text, attempts int, "earlierAttempts" int,
                                                                          "lateReply" text, error text, command_id uuid)
       ON CONFLICT (saga_id, step, direction) DO UPDATE SET status = excluded.status, attempts = excluded.attempts,
         earlier_attempts = excluded.earlier_attempts, late_reply = excluded.late_reply, error = excluded.error,
         started_at = coalesce(saga_step.started_at, excluded.started_at),
         ended_at = CASE WHEN excluded.ended_at IS NOT NULL THEN coalesce(saga_step.ended_at, excluded.ended_at) END
     ), history AS (
       INSERT INTO saga_event (saga_id, number, version, kind, state, step, direction, status, detail, event)
       SELECT d.id, (SELECT coalesce(max(number), 0) FROM saga_event WHERE saga_id = d.id) + n, d.version + 1, line ->> 'kind', line ->> 'state', line ->> 'step',
              line ->> 'direction', line ->> 'status', line ->> 'detail', CASE WHEN n = 1 THEN d.event END
       FROM d JOIN saved USING (id), json_array_elements(d.history) WITH ORDINALITY AS lines(line, n)
     ), cleared AS (
       DELETE FROM saga_timer USING d WHERE saga_id = ANY($1::text[]) AND saga_id = d.id AND d.timer ->> 'kind' = 'CLEAR'
     ), timer AS (
       INSERT INTO saga_timer (saga_id, step, direction, attempt, due_at)
       SELECT id, timer ->> 'step', timer ->> 'direction', (timer ->> 'attempt')::int,
              clock_timestamp() + (timer ->> 'afterMs')::float8 * interval '1 millisecond' FROM d JOIN saved USING (id) WHERE timer ->> 'kind' = 'SET'
       ON CONFLICT (saga_id) DO UPDATE SET step = excluded.step, direction = excluded.direction, attempt = excluded.attempt, due_at = excluded.due_at
     )
     SELECT id, extract(epoch FROM age)::float8 AS age FROM saved`);

const storingBeginnings =
  storing(`INSERT INTO saga (id, definition, definition_version, state, data, failure, paused, cancel_requested, needs_attention, version, started_by, ended_at)
       SELECT id, definition, "definitionVersion", state, data, failure, paused, "cancelRequested", "needsAttention", version + 1, "startedBy",
              CASE WHEN ended THEN clock_timestamp() END
       FROM d WHERE d.id = ANY($1::text[]) ON CONFLICT (id) DO NOTHING RETURNING saga.id, updated_at - created_at AS age`);

// The ids stand by themselves, too, so that the rows of sagas are looked up by them whatever the planner thinks of how many decisions there are.
const storingDecisions =
  storing(`UPDATE saga SET state = d.state, data = coalesce(d.data, saga.data), failure = d.failure, paused = d.paused, cancel_requested = d."cancelRequested",
              needs_attention = d."needsAttention", version = saga.version + 1, updated_at = clock_timestamp(), ended_at = CASE WHEN d.ended THEN clock_timestamp() END
       FROM d WHERE saga.id = ANY($1::text[]) AND saga.id = d.id AND saga.version = d.version RETURNING saga.id, saga.updated_at - saga.created_at AS age`);

async function agesOfStored(em: EntityManager, statement: string, rows: readonly { readonly id: string }[]): Promise<Map<string, number>> {
  const stored = await query<{ id: string; age: number }>(em, statement, [rows.map(({ id }) => id), JSON.stringify(rows)]);
  return new Map(stored.map(({ id, age }) => [id, age]));
}

/**
 * Stores sagas that begin, with their first steps, history and timers; one statement. Returns the ages in seconds of those that were stored, by their ids: of the others
 * there is one already.
 */
export async function saveBeginnings(em: EntityManager, beginnings: readonly Beginning[]): Promise<Map<string, number>> {
  const rows = beginnings.map((beginning) => ({
    ...rowOf(beginning),
    data: beginning.decision.saga.data,
    startedBy: beginning.startedBy,
  }));
  return agesOfStored(em, storingBeginnings, rows);
}

/**
 * Stores what decisions made of their sagas, each of another: the saga itself, the steps that changed, the history and the timer, by the database's clock; one statement.
 * Returns the sagas' ages in seconds, by their ids. @throws Error where a saga is not the one that was decided on, which the lock rules out.
 */
export async function saveDecisions(em: EntityManager, undertakings: readonly Undertaking[]): Promise<Map<string, number>> {
  const ages = await agesOfStored(em, storingDecisions, undertakings.map(rowOf));
  for (const { before } of undertakings)
    if (!ages.has(before.id)) throw new Error(`saga ${before.id} is not at version ${before.version} any more`);
  return ages;
}
