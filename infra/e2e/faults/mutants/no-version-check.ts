import type { SourceChange } from '../changes/source-change.ts';

/**
 * A decision is stored whatever has become of the saga meanwhile. The check is the second guard behind the lock of the saga's row, which rules out that it
 * ever has to refuse: to tell a difference the lock goes with it.
 */
export const changes: readonly SourceChange[] = [
  {
    module: 'subgraphs/sagas/store/read-sagas.ts',
    text: 'SELECT FROM saga WHERE id = $1 FOR UPDATE',
    replacement: 'SELECT FROM saga WHERE id = $1',
  },
  {
    module: 'subgraphs/sagas/store/read-sagas.ts',
    text: 'SELECT FROM saga WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE',
    replacement: 'SELECT FROM saga WHERE id = ANY($1::text[])',
  },
  {
    module: 'subgraphs/sagas/store/save-decision.ts',
    text: 'saga.id = d.id AND saga.version = d.version RETURNING',
    replacement: 'saga.id = d.id RETURNING',
  },
];
