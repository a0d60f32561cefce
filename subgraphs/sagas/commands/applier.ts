import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { DefinitionName, Definitions } from '../definitions/definitions.ts';
import { type Decision, decide } from '../domain/decide.ts';
import type { SagaData } from '../domain/definition.ts';
import type { SagaEvent } from '../domain/events.ts';
import { newSaga, type Saga } from '../domain/saga.ts';
import { outgoing } from '../messages/outgoing.ts';
import { lockSaga, lockSagas } from '../store/read-sagas.ts';
import { saveBeginnings, saveDecisions, type Undertaking } from '../store/save-decision.ts';
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

/** An event for a saga. */
export interface SagaNews {
  readonly sagaId: string;
  readonly event: SagaEvent;
  /** What came of it goes on in this trace; in the one at hand where it is left out. */
  readonly traceparent?: string;
}

export interface NewSaga {
  readonly id: string;
  readonly definition: DefinitionName;
  readonly data: SagaData;
  readonly startedBy: string | null;
  /** As that of news. */
  readonly traceparent?: string;
}

/** The one way by which sagas change. */
export interface Applier {
  /** Applies an event in a transaction of its own, with what is to be written alongside where it changes something. `ignored`: it is not for the saga as it stands, and changed nothing. `unknown`: there is no such saga. */
  apply(sagaId: string, event: SagaEvent, alongside?: (em: EntityManager, applied: Applied) => Promise<void>): Promise<ApplyOutcome>;
  /** Applies events, in their order, as many as can be in one transaction: those of different sagas. What became of each, in order. */
  applyAll(news: readonly SagaNews[]): Promise<ApplyOutcome[]>;
  /** The same in the caller's transaction, for a saga whose row is locked; whoever commits has it counted by `count`. */
  applyTo(em: EntityManager, saga: Saga, event: SagaEvent): Promise<Applied | null>;
  /** Stores new sagas with their first commands, in the caller's transaction; nothing comes of those whose id is taken. Whoever commits has them counted by `count`. */
  begin(em: EntityManager, sagas: readonly NewSaga[]): Promise<Applied[]>;
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
  /** Sagas, steps, history, timers, commands and events, or nothing of it. A crash at any point is one before or one after the commit. */
  async function store<Stored extends Undertaking & Pick<SagaNews, 'traceparent'>>(
    em: EntityManager,
    asked: readonly Stored[],
    save: (em: EntityManager, asked: readonly Stored[]) => Promise<Map<string, number>>,
  ): Promise<Applied[]> {
    const ages = await save(em, asked);
    const undertakings = asked.filter(({ before }) => ages.has(before.id));
    for (const { before, event } of undertakings) failpoint('sagas.apply.saved', [before.id, event]);
    const messages = undertakings.flatMap(({ before, decision, traceparent }) =>
      outgoing(before, decision, ages.get(before.id) ?? 0).map((message) =>
        traceparent ? { ...message, headers: { traceparent } } : message,
      ),
    );
    await appendToOutbox(em, messages);
    for (const { before, event } of undertakings) failpoint('sagas.apply.written', [before.id, event]);
    return undertakings.map(({ before, event, decision }) => ({ before, event, decision, ageSeconds: ages.get(before.id) ?? 0 }));
  }

  const undertake = (saga: Saga, event: SagaEvent): Undertaking | null => {
    const decision = decide(definitions.pinned(saga), saga, event);
    return decision && { before: saga, event, decision };
  };

  async function applyTo(em: EntityManager, saga: Saga, event: SagaEvent): Promise<Applied | null> {
    const undertaking = undertake(saga, event);
    if (!undertaking) return null;
    const [applied] = await store(em, [undertaking], saveDecisions);
    return applied ?? null;
  }

  /** Events of different sagas, in one transaction. */
  async function applyTogether(news: readonly SagaNews[]): Promise<ApplyOutcome[]> {
    const { sagas, applied } = await database.transaction(async (em) => {
      const sagas = await lockSagas(em, news.map(({ sagaId }) => sagaId).sort());
      const known = news.filter(({ sagaId }) => sagas.has(sagaId));
      for (const { sagaId, event } of known) failpoint('sagas.apply.locked', [sagaId, event]);
      const undertakings = known.flatMap(({ sagaId, event, traceparent }) => {
        const undertaking = undertake(sagas.get(sagaId) as Saga, event);
        return undertaking ? [{ ...undertaking, traceparent }] : [];
      });
      return { sagas, applied: undertakings.length > 0 ? await store(em, undertakings, saveDecisions) : [] };
    });
    for (const { before, event } of applied) failpoint('sagas.apply.committed', [before.id, event]);
    applied.forEach(count);
    const changed = new Set(applied.map(({ before }) => before.id));
    return news.map(({ sagaId }) => (changed.has(sagaId) ? 'applied' : sagas.has(sagaId) ? 'ignored' : 'unknown'));
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
    async applyAll(news) {
      const outcomes = new Map<SagaNews, ApplyOutcome>();
      for (let left = [...news]; left.length > 0; ) {
        const taken = new Map<string, SagaNews>();
        for (const item of left) if (!taken.has(item.sagaId)) taken.set(item.sagaId, item);
        const together = [...taken.values()];
        const became = await applyTogether(together);
        for (const [index, item] of together.entries()) outcomes.set(item, became[index] as ApplyOutcome);
        left = left.filter((item) => !outcomes.has(item));
      }
      return news.map((item) => outcomes.get(item) as ApplyOutcome);
    },
    begin(em, sagas) {
      const beginnings = sagas.flatMap(({ id, definition, data, startedBy, traceparent }) => {
        const undertaking = undertake(newSaga(id, definitions.current(definition), data), { kind: 'START' });
        return undertaking ? [{ ...undertaking, startedBy, ...(traceparent && { traceparent }) }] : [];
      });
      return store(em, beginnings, saveBeginnings);
    },
  };
}
