import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { Saga, StepRecord } from '../domain/saga.ts';

/** A step with its times. */
export interface StepRow extends StepRecord {
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** A saga as it is stored, with its times. */
export interface SagaRow extends Saga {
  readonly seq: string;
  readonly steps: readonly StepRow[];
  readonly nextTimerAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
}

const ms = (column: string) => `extract(epoch FROM ${column})::float8 * 1000`;

/** Of `sagaTables`. */
export const sagaColumns = `
         s.id, s.seq, s.definition, s.definition_version AS "definitionVersion", s.state, s.data, s.failure, s.paused,
         s.cancel_requested AS "cancelRequested", s.needs_attention AS "needsAttention", s.version, ${ms('s.created_at')} AS "createdAt",
         ${ms('s.updated_at')} AS "updatedAt", ${ms('s.ended_at')} AS "endedAt", ${ms('t.due_at')} AS "nextTimerAt"`;
/** One more column: the steps of the saga with this id. */
export const stepsOf = (id: string) => `
         (SELECT coalesce(json_agg(json_build_object('step', p.step, 'direction', p.direction, 'status', p.status, 'attempts', p.attempts,
                   'earlierAttempts', p.earlier_attempts, 'lateReply', p.late_reply, 'error', p.error, 'startedAt', ${ms('p.started_at')},
                   'endedAt', ${ms('p.ended_at')}) ORDER BY p.ordinal), '[]')
          FROM saga_step p WHERE p.saga_id = ${id}) AS steps`;
export const sagaTables = 'saga s LEFT JOIN saga_timer t ON t.saga_id = s.id';

/** One statement, and so one moment: the steps are those of the version that is shown. */
const selectSagas = `SELECT ${sagaColumns}, ${stepsOf('s.id')} FROM ${sagaTables}`;

const dateOf = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs));

type WithNumbers<T> = { [K in keyof T]: T[K] extends Date ? number : T[K] extends Date | null ? number | null : T[K] };
export type RawSagaRow = Omit<WithNumbers<SagaRow>, 'steps'> & { readonly steps: readonly WithNumbers<StepRow>[] };

export function toSagaRow({ steps, nextTimerAt, createdAt, updatedAt, endedAt, ...saga }: RawSagaRow): SagaRow {
  return {
    ...saga,
    steps: steps.map((step) => ({ ...step, startedAt: dateOf(step.startedAt), endedAt: dateOf(step.endedAt) })),
    nextTimerAt: dateOf(nextTimerAt),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    endedAt: dateOf(endedAt),
  };
}

export async function readSagas(em: EntityManager, ids: readonly string[]): Promise<SagaRow[]> {
  const rows = await query<RawSagaRow>(em, frequent(`${selectSagas} WHERE s.id = ANY($1::text[])`), [ids]);
  return rows.map(toSagaRow);
}

export async function readSaga(em: EntityManager, id: string): Promise<SagaRow | null> {
  const [row] = await query<RawSagaRow>(em, frequent(`${selectSagas} WHERE s.id = $1`), [id]);
  return row ? toSagaRow(row) : null;
}

/**
 * The saga, which nobody else changes until the transaction ends; null where there is none. In two statements: one that waited for the lock would read the
 * steps as they were before it waited.
 */
export async function lockSaga(em: EntityManager, id: string): Promise<SagaRow | null> {
  await query(em, unread('SELECT FROM saga WHERE id = $1 FOR UPDATE'), [id]);
  return readSaga(em, id);
}

/** Several, each once, in the one order that everybody keeps to; those that there are, by their ids. */
export async function lockSagas(em: EntityManager, ids: readonly string[]): Promise<Map<string, SagaRow>> {
  if (ids.length > 1) await query(em, unread('SELECT FROM saga WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE'), [ids]);
  const [first = ''] = ids;
  const found = ids.length > 1 ? await readSagas(em, ids) : [await lockSaga(em, first)];
  return new Map(found.flatMap((saga) => (saga ? [[saga.id, saga]] : [])));
}
