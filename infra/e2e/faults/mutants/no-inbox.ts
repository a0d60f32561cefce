import type { SourceChange } from '../changes/source-change.ts';

/** Every message counts as new, however often it comes. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/inbox.ts',
    text: 'return new Set(rows.map(({ message_id }) => message_id));',
    replacement: 'return new Set(messageIds);',
  },
];
