import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import type { Calculation } from '../calculation.ts';
import { GatewayError, UsageError } from '../failure.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { type BatchFiguresFragment, BatchProgressDocument, type Operation, SubmitBatchDocument } from '../generated/operations.ts';
import { parseTasks } from '../task-file.ts';
import { randomCalculation } from './auto.ts';
import { positiveNumber } from './calc.ts';

const mixed: readonly Operation[] = ['ADD', 'SUB', 'MUL', 'DIV'];

export const batchCommand = new Command('batch')
  .description('submits many tasks at once and shows their progress: comptoir batch 10000, comptoir batch --file tasks.csv')
  .argument('[count]', 'how many random tasks, at most 10,000', positiveNumber)
  .addOption(
    new Option('--operation <operation>', 'what to compute').choices(['add', 'sub', 'mul', 'div', 'all', 'mixed']).default('mixed'),
  )
  .option('--file <path>', 'a CSV file with lines n1,n2,operation instead of random tasks')
  .action(async (count: number | undefined, options: { operation: string; file?: string }, command: Command) => {
    if ((count === undefined) === (options.file === undefined)) throw new UsageError(['batch: give a count or --file, one of the two']);
    const tasks = options.file ? parseTasks(await readTaskFile(options.file)) : randomTasks(Math.round(count ?? 0), options.operation);
    await withGateway(command, async (gateway) => follow(gateway, await submitBatch(gateway, tasks)));
  });

function randomTasks(count: number, operation: string): Calculation[] {
  const operations = operation === 'mixed' ? mixed : [operation.toUpperCase() as Operation];
  return Array.from({ length: count }, () => randomCalculation(operations));
}

async function readTaskFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError([`--file: ${(cause as Error).message}`]);
  }
}

async function submitBatch(gateway: GatewayClient, tasks: Calculation[]): Promise<BatchFiguresFragment> {
  const { submitBatch: answer } = await gateway.request(SubmitBatchDocument, {
    input: { tasks, source: 'WEB' },
    idempotencyKey: randomUUID(),
  });
  if (answer.__typename === 'BatchSubmitted') return answer.batch;
  throw new GatewayError(answer.message);
}

async function follow(gateway: GatewayClient, { id, total, taskCount }: BatchFiguresFragment): Promise<void> {
  console.log(`Batch ${id}: ${taskCount} tasks, ${total} results`);
  const bar = new SingleBar({ format: '{bar} {percentage} % · {value}/{total} · {rate}/s · {eta_formatted} left', etaBuffer: 50 });
  bar.start(total, 0, { rate: 0 });
  let last: BatchFiguresFragment | undefined;
  try {
    for await (const { batchProgress } of gateway.subscribe(BatchProgressDocument, { id })) {
      last = batchProgress;
      bar.update(batchProgress.completed, { rate: Math.round(batchProgress.throughput) });
      if (batchProgress.state !== 'RUNNING') break;
    }
  } finally {
    bar.stop();
  }
  if (last?.state !== 'COMPLETED')
    throw new GatewayError(`Batch ${id} ended ${last?.state ?? 'unseen'} with ${last?.completed ?? 0} of ${total} results`);
  const nonFinite = last.nonFinite > 0 ? `, ${last.nonFinite} of them not finite` : '';
  console.log(`${colors.green('✓')} ${last.completed} results${nonFinite}, ${Math.round(last.throughput)} a second`);
}
