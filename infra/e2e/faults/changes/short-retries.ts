import type { SourceChange } from './source-change.ts';

const module = 'schema/topology.ts';

/** What fails is tried again within a second instead of within minutes, and what kills its consumer is given up after the third redelivery. */
export const changes: readonly SourceChange[] = [
  { module, text: 'delayMs: 5_000', replacement: 'delayMs: 100' },
  { module, text: 'delayMs: 30_000', replacement: 'delayMs: 200' },
  { module, text: 'delayMs: 300_000', replacement: 'delayMs: 300' },
  { module, text: "'x-delivery-limit': 20", replacement: "'x-delivery-limit': 3" },
];
