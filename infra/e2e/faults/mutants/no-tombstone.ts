import type { SourceChange } from '../changes/source-change.ts';

/** A compensation that comes first leaves nothing behind, so the step that comes late is done. */
export const changes: readonly SourceChange[] = [
  {
    module: 'subgraphs/inventory/commands/end-reservations.ts',
    text: '  await cancelSagas(em, sagaIds);\n',
    replacement: '',
  },
];
