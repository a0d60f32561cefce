import { styleText } from 'node:util';
import type { Log } from '@comptoir/platform/log.ts';
import type { WireOperation } from '@comptoir/schema/topology.ts';
import type { PrettyTasks } from './config.ts';
import type { Answer } from './work.ts';

const signs = { add: '+', sub: '−', mul: '×', div: '÷' } as const satisfies Record<WireOperation, string>;
const colours = { add: 'green', sub: 'yellow', mul: 'magenta', div: 'cyan' } as const satisfies Record<WireOperation, string>;

/**
 * Tells of a task that was computed. `pretty`: one line for people, in the colour of its operation where the output has colours; it is written beside the log, which
 * lets no colours through. Else an event of the log. Of a batch there are too many to tell each: only at level debug.
 */
export function tellTask(log: Log, pretty: PrettyTasks | null, result: Answer): void {
  const single = result.batch_id === undefined;
  const level = single ? 'info' : 'debug';
  if (pretty === null ? !log.isLevelEnabled(level) : pretty === 'none' || (pretty === 'single' && !single)) return;
  const { operation, request_id: requestId, worker_id: workerId, processing_time: seconds = 0 } = result;
  const text = describe(result);
  if (pretty !== null) {
    const time = styleText('gray', new Date().toTimeString().slice(0, 8));
    process.stdout.write(`${time} ${workerId}  ${styleText(colours[operation], text)}  ${styleText('gray', `${seconds.toFixed(1)} s`)}\n`);
  } else {
    log[level]({ event: 'task_computed', requestId, workerId, operation, processingSeconds: seconds }, text);
  }
}

const describe = ({ n1, n2, operation, result }: Answer) => `${n1} ${signs[operation]} ${n2 < 0 ? `(${n2})` : n2} = ${result}`;
