import type { SourceChange } from '../changes/source-change.ts';

/** The broker drops what reaches no queue, and confirms it. */
export const changes: readonly SourceChange[] = [
  { module: 'infra/platform/broker/publisher.ts', text: '      mandatory,\n', replacement: '      mandatory: false,\n' },
];
