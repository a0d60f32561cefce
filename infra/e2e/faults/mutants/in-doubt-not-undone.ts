import type { SourceChange } from '../changes/source-change.ts';

/** Only what is known to have happened is undone, not what may have. */
export const changes: readonly SourceChange[] = [
  {
    module: 'subgraphs/sagas/domain/saga.ts',
    text: `direction === 'FORWARD' && (status === 'SUCCESS' || status === 'IN_DOUBT')`,
    replacement: `direction === 'FORWARD' && status === 'SUCCESS'`,
  },
];
