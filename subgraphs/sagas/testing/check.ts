import type { Data } from '@comptoir/platform/testing/ask.ts';
import { expect } from 'vitest';
import { createDefinitions } from '../definitions/definitions.ts';
import { decide } from '../domain/decide.ts';
import type { HistoryEntry, SagaEvent } from '../domain/events.ts';
import { newSaga, type SagaState, type StepRecord } from '../domain/saga.ts';
import { mayMove } from '../domain/transitions.ts';
import { type TestSystem, timeScale } from './sagas.ts';

/** What is left of an order that was undone: reading left nothing, and a cancelled order is confirmed no more. */
const harmless = new Set(['CHECK_STOCK', 'CONFIRM_ORDER']);

/**
 * Holds every saga in the database against the invariants: versions without a gap, changes of state that are allowed, one event a version, and the stored saga,
 * steps and history exactly what its recorded events make of it; and against what the participants have: all of it, or nothing. Returns how many there are.
 */
export async function checkSagas(system: TestSystem): Promise<number> {
  const definitions = createDefinitions({ timeScale });
  const sagas = await system.sql<Data>('SELECT * FROM saga ORDER BY seq');
  for (const row of sagas) {
    const definition = definitions.pinned({ definition: row.definition, definitionVersion: row.definition_version });
    const lines = await system.sql<Data>('SELECT * FROM saga_event WHERE saga_id = $1 ORDER BY number', [row.id]);
    const steps = await system.sql<Data>('SELECT * FROM saga_step WHERE saga_id = $1 ORDER BY ordinal', [row.id]);
    const events = await system.sql<Data>(`SELECT payload FROM outbox WHERE aggregate_type = 'saga' AND aggregate_id = $1 ORDER BY id`, [
      row.id,
    ]);
    const versions = Array.from({ length: row.version }, (_, index) => index + 1);
    expect(lines.flatMap(({ event, version }: Data) => (event ? [version] : []))).toEqual(versions);
    expect(events.map(({ payload }: Data) => payload.version)).toEqual(versions);
    expect(lines.map(({ number }: Data) => number)).toEqual(lines.map((_: Data, index: number) => index + 1));

    let state: SagaState = 'PENDING';
    for (const line of lines) {
      expect(mayMove(definition, state, line.state), `${row.id}: ${state} to ${line.state}`).toBe(true);
      state = line.state;
    }

    let saga = newSaga(row.id, definition, row.data);
    const history: HistoryEntry[] = [];
    for (const { event } of lines.filter((line: Data) => line.event)) {
      const decision = decide(definition, saga, event as SagaEvent);
      if (!decision) throw new Error(`${row.id}: ${JSON.stringify(event)} was stored and decides nothing`);
      saga = decision.saga;
      history.push(...decision.history);
    }
    expect(saga).toMatchObject({
      state: row.state,
      failure: row.failure,
      paused: row.paused,
      cancelRequested: row.cancel_requested,
      version: row.version,
    });
    const stored = steps.map(
      ({ step, direction, status, attempts, earlier_attempts, late_reply, error }: Data): StepRecord => ({
        step,
        direction,
        status,
        attempts,
        earlierAttempts: earlier_attempts,
        error,
        lateReply: late_reply,
      }),
    );
    expect(stored).toEqual(saga.steps);
    expect(
      lines.map(({ kind, state, step, status }: Data) => ({ kind, state, step: step ?? undefined, status: status ?? undefined })),
    ).toEqual(history.map(({ kind, state, step, status }) => ({ kind, state, step, status })));

    const effects = system.participants.effectsOf(row.id);
    if (row.state === 'COMPLETED') expect(effects.toSorted()).toEqual(definition.steps.map(({ forward }) => forward.name).toSorted());
    if (row.state === 'COMPENSATED') expect(effects.filter((step) => !harmless.has(step))).toEqual([]);
  }
  return sagas.length;
}
