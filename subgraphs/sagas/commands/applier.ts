import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { DefinitionName, Definitions } from '../definitions/definitions.ts';
import { type Decision, decide } from '../domain/decide.ts';
import type { SagaData } from '../domain/definition.ts';
import type { SagaEvent } from '../domain/events.ts';
import { newSaga, type Saga } from '../domain/saga.ts';
import { outgoing } from '../messages/outgoing.ts';
import { lockSaga } from '../store/read-sagas.ts';
import { insertSaga, saveDecision } from '../store/save-decision.ts';
import type { SagaMetrics } from './saga-metrics.ts';

/** A decision that was stored. */
export interface Applied {
  readonly before: Saga;
  readonly event: SagaEvent;
  readonly decision: Decision;
  /** Of the saga, by the database's clock. */
  readonly ageSeconds: number;
}

export type ApplyOutcome = 'applied' | 'ignored' | 'unknown';

export interface NewSaga {
  readonly id: string;
  readonly definition: DefinitionName;
  readonly data: SagaData;
  readonly startedBy: string | null;
}

/** The one way by which sagas change. */
export interface Applier {
  /** Applies an event in a transaction of its own, with what is to be written alongside where it changes something. `ignored`: it is not for the saga as it stands, and changed nothing. `unknown`: there is no such saga. */
  apply(sagaId: string, event: SagaEvent, alongside?: (em: EntityManager, applied: Applied) => Promise<void>): Promise<ApplyOutcome>;
  /** The same in the caller's transaction, for a saga whose row is locked; whoever commits has it counted by `count`. */
  applyTo(em: EntityManager, saga: Saga, event: SagaEvent): Promise<Applied | null>;
  /** Stores a new saga with its first command, in the caller's transaction; null where there is one of that id. */
  begin(em: EntityManager, saga: NewSaga): Promise<Applied | null>;
  /** In the metrics; after the commit. */
  count(applied: Applied): void;
}

export function createApplier({
  database,
  definitions,
  metrics,
}: {
  database: Database;
  definitions: Definitions;
  metrics: SagaMetrics;
}): Applier {
  /** Saga, steps, history, timer, commands and event, or nothing of it. A crash at any point is one before or one after the commit. */
  async function applyTo(em: EntityManager, saga: Saga, event: SagaEvent): Promise<Applied | null> {
    const decision = decide(definitions.pinned(saga), saga, event);
    if (!decision) return null;
    const ageSeconds = await saveDecision(em, saga, event, decision);
    failpoint('sagas.apply.saved', [saga.id, event]);
    await appendToOutbox(em, outgoing(saga, decision, ageSeconds));
    failpoint('sagas.apply.written', [saga.id, event]);
    return { before: saga, event, decision, ageSeconds };
  }

  const count = (applied: Applied) => metrics.count(definitions.pinned(applied.before), applied);

  return {
    applyTo,
    count,
    async apply(sagaId, event, alongside) {
      const applied = await database.transaction(async (em) => {
        const saga = await lockSaga(em, sagaId);
        if (!saga) return 'unknown' as const;
        failpoint('sagas.apply.locked', [sagaId, event]);
        const applied = await applyTo(em, saga, event);
        if (applied) await alongside?.(em, applied);
        return applied;
      });
      if (applied === 'unknown') return applied;
      if (!applied) return 'ignored';
      failpoint('sagas.apply.committed', [sagaId, event]);
      count(applied);
      return 'applied';
    },
    async begin(em, { id, definition, data, startedBy }) {
      const saga = newSaga(id, definitions.current(definition), data);
      if (!(await insertSaga(em, saga, startedBy))) return null;
      return applyTo(em, saga, { kind: 'START' });
    },
  };
}
