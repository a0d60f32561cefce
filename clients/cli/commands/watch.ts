import { Command, Option } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { CalculationCompletedDocument, type Source } from '../generated/operations.ts';
import { resultLine } from '../results.ts';

const feedLines = {
  live: '● live',
  reconnecting: '○ reconnecting…',
  missed: '! The connection was away for too long: what came meanwhile is not shown',
};

export const watchCommand = new Command('watch')
  .description('shows results live, as the workers finish them, until stopped')
  .addOption(new Option('--source <source>', 'only results of this source').choices(['web', 'auto']))
  .option('--json', 'one JSON object per result')
  .action(async (options: { source?: string; json?: boolean }, command: Command) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    await withGateway(command, async (gateway) => {
      gateway.onFeed((state) => console.error(colors.dim(feedLines[state])));
      const source = options.source?.toUpperCase() as Source | undefined;
      for await (const { calculationCompleted } of gateway.subscribe(CalculationCompletedDocument, { source }, { signal: stop.signal })) {
        const by = calculationCompleted.task.submittedBy?.name ?? 'foreign';
        console.log(options.json ? JSON.stringify(calculationCompleted) : `${resultLine(calculationCompleted)}  ${colors.dim(by)}`);
      }
    });
  });
