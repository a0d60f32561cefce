import type { SourceChange } from '../changes/source-change.ts';

/** A repeated command is dropped instead of being answered again: a lost reply is lost for good. */
export const changes: readonly SourceChange[] = [
  {
    module: 'subgraphs/inventory/messages/answer-once.ts',
    text: 'for (const { command, outcome } of repeated) await reply(em, command, outcome);',
    replacement: '',
  },
];
