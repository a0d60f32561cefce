import type { EntityManager } from '@comptoir/platform/database.ts';
import { type Page, type PageRequest, readPageRequest, toPage } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import { endStates, type SagaState } from '../domain/saga.ts';
import { type RawSagaRow, type SagaRow, selectSagas, toSagaRow } from '../store/read-sagas.ts';

/** What is left out or null does not restrict. */
export interface SagaFilter {
  readonly states?: readonly SagaState[] | null;
  readonly definition?: string | null;
  readonly since?: Date | null;
  readonly needsAttention?: boolean | null;
}

/** The order of acceptance, newest first. */
const order = 'ACCEPTED';

function conditions({ states, definition, since, needsAttention }: SagaFilter): { where: string[]; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const where: string[] = [];
  const add = (condition: (parameter: string) => string, value: unknown) => {
    if (value === null || value === undefined) return;
    parameters.push(value);
    where.push(condition(`$${parameters.length}`));
  };
  if (states) where.push(`(${inStates(states, parameters)})`);
  add((name) => `s.definition = ${name}`, definition);
  add((date) => `s.created_at >= ${date}::timestamptz`, since?.toISOString());
  if (needsAttention !== null && needsAttention !== undefined) where.push(needsAttention ? 's.needs_attention' : 'NOT s.needs_attention');
  return { where, parameters };
}

/** As the indexes have it: ended sagas by how they ended, others among those that are open. */
function inStates(states: readonly SagaState[], parameters: unknown[]): string {
  const ended = states.filter((state) => endStates.includes(state));
  const open = states.filter((state) => !endStates.includes(state));
  const either: string[] = [];
  if (ended.length > 0) either.push(`s.ended_as = ANY($${parameters.push(ended)}::text[])`);
  if (open.length > 0) either.push(`s.ended_at IS NULL AND s.state = ANY($${parameters.push(open)}::text[])`);
  return either.join(' OR ') || 'false';
}

const whereOf = (all: readonly string[]) => (all.length > 0 ? `WHERE ${all.join(' AND ')}` : '');

export async function findSagas(em: EntityManager, filter: SagaFilter, page: PageRequest): Promise<Page<SagaRow>> {
  const { first, after } = readPageRequest(page, order, ['int']);
  const { where, parameters } = conditions(filter);
  const placed = after === null ? where : [...where, `s.seq < $${parameters.length + 1}::bigint`];
  const rows = await query<RawSagaRow>(em, `${selectSagas} ${whereOf(placed)} ORDER BY s.seq DESC LIMIT ${first + 1}`, [
    ...parameters,
    ...(after ?? []),
  ]);
  return toPage(rows, {
    first,
    order,
    placeOf: ({ seq }) => [seq],
    toNode: toSagaRow,
    async count() {
      const [row] = await query<{ count: number }>(em, `SELECT count(*)::int AS count FROM saga s ${whereOf(where)}`, parameters);
      return row?.count ?? 0;
    },
  });
}
