import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import { endStates, type SagaState } from '../domain/saga.ts';
import { type SagaRow, sagaColumns, sagaTables, stepsOf, toSagaRow } from '../store/read-sagas.ts';

/** What is left out or null does not restrict. */
export interface SagaFilter {
  readonly states?: readonly SagaState[] | null;
  readonly definition?: string | null;
  readonly since?: Date | null;
  readonly needsAttention?: boolean | null;
}

/** The order of acceptance. */
const newestFirst: ListOrder = { name: 'ACCEPTED', columns: [{ sql: 's.seq', kind: 'int' }], descending: true };

/** As the indexes have it: ended sagas by how they ended, others among those that are open. */
function inStates(states: readonly SagaState[], bind: Bind): string {
  const ended = states.filter((state) => endStates.includes(state));
  const open = states.filter((state) => !endStates.includes(state));
  const either: string[] = [];
  if (ended.length > 0) either.push(`s.ended_as = ANY(${bind(ended)}::text[])`);
  if (open.length > 0) either.push(`s.ended_at IS NULL AND s.state = ANY(${bind(open)}::text[])`);
  return either.join(' OR ') || 'false';
}

/** Sagas, newest first. Errors: BAD_USER_INPUT. */
export function findSagas(
  em: EntityManager,
  { states, definition, since, needsAttention }: SagaFilter,
  page: PageRequest & { readonly counted: boolean },
): Promise<Page<SagaRow>> {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (states) conditions.push(`(${inStates(states, bind)})`);
  if (typeof definition === 'string') conditions.push(`s.definition = ${bind(definition)}`);
  if (since) conditions.push(`s.created_at >= ${bind(since.toISOString())}::timestamptz`);
  if (typeof needsAttention === 'boolean') conditions.push(needsAttention ? 's.needs_attention' : 'NOT s.needs_attention');
  const from = `${sagaTables} WHERE ${conditions.join(' AND ')}`;
  const shown = () => stepsOf('page.id');
  return findPage(em, { columns: sagaColumns, from, parameters, shown, order: newestFirst, toNode: toSagaRow }, page);
}
