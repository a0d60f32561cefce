import type { SourceChange } from '../changes/source-change.ts';

/** A timer is taken out in a transaction of its own before it is handled: whoever dies in between leaves a saga that nobody asks for again. */
export const changes: readonly SourceChange[] = [
  {
    module: 'subgraphs/sagas/timers/timers.ts',
    text: '        if (!timer) return false;\n',
    replacement: `        if (!timer) return false;
        await database.query('DELETE FROM saga_timer WHERE saga_id = $1', [timer.saga_id]);\n`,
  },
];
