import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import DataLoader from 'dataloader';
import type { HistoryKind } from '../domain/events.ts';
import type { SagaState } from '../domain/saga.ts';
import { readSagas, type SagaRow } from '../store/read-sagas.ts';

/** A line of a saga's history. */
export interface HistoryRow {
  readonly number: number;
  readonly kind: HistoryKind;
  readonly step: string | null;
  readonly state: SagaState;
  readonly detail: string | null;
  readonly at: Date;
}

async function readHistories(em: EntityManager, ids: readonly string[]): Promise<HistoryRow[][]> {
  const rows = await query<Omit<HistoryRow, 'at'> & { saga_id: string; at: number }>(
    em,
    `SELECT saga_id, number, kind, step, state, detail, extract(epoch FROM at)::float8 * 1000 AS at FROM saga_event
     WHERE saga_id = ANY($1::text[]) ORDER BY saga_id, number`,
    [ids],
  );
  const bySaga = Map.groupBy(rows, ({ saga_id: id }) => id);
  return ids.map((id) => (bySaga.get(id) ?? []).map(({ at, ...row }) => ({ ...row, at: new Date(at) })));
}

/** Loaders of one request, or of one event of a subscription: one statement for all that is asked for in the same moment. */
export function createLoaders(em: EntityManager) {
  return {
    saga: new DataLoader<string, SagaRow | null>(async (ids) => {
      const found = new Map((await readSagas(em, ids)).map((saga) => [saga.id, saga]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    history: new DataLoader<string, HistoryRow[]>((ids) => readHistories(em, ids)),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
