import { styleText } from 'node:util';
import type { Log } from '@comptoir/platform/log.ts';
import type { WireOperation } from '@comptoir/schema/topology.ts';
import type { Answer } from './work.ts';

const signs = { add: '+', sub: '−', mul: '×', div: '÷' } as const satisfies Record<WireOperation, string>;
const colours = { add: 'green', sub: 'yellow', mul: 'magenta', div: 'cyan' } as const satisfies Record<WireOperation, string>;

/** One line for each task, in the colour of its operation on a terminal. */
export function tellTask(log: Log, result: Answer): void {
  if (!log.isLevelEnabled(result.batch_id === undefined ? 'info' : 'debug')) return;
  const { n1, n2, operation, request_id: requestId, worker_id: workerId, processing_time: seconds = 0 } = result;
  const sum = `${n1} ${signs[operation]} ${n2} = ${result.result}`;
  const text = process.stdout.isTTY ? styleText(colours[operation], sum) : sum;
  const line = `${text}  (${seconds.toFixed(1)} s)`;
  const fields = { event: 'task_computed', requestId, workerId, operation, n1, n2, result: result.result, processingSeconds: seconds };
  // Of a batch there are too many to tell each.
  if (result.batch_id === undefined) log.info(fields, line);
  else log.debug(fields, line);
}
