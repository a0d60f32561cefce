import type { SourceChange } from '../changes/source-change.ts';

/** The relay looks for ids beyond the last it saw: ids are drawn before the commit, so one that commits late is passed over. */
export const changes: readonly SourceChange[] = [
  {
    module: 'infra/platform/outbox-log.ts',
    text: 'FROM outbox WHERE position IS NULL ORDER BY id LIMIT $1',
    replacement:
      'FROM outbox WHERE id > (SELECT coalesce(max(id), 0) FROM outbox WHERE position IS NOT NULL) AND position IS NULL ORDER BY id LIMIT $1',
  },
];
