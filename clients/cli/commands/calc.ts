import { Command, InvalidArgumentError } from 'commander';
import { withGateway } from '../address.ts';
import { parseCalculation } from '../calculation.ts';
import { resultLine } from '../results.ts';
import { submitAndWait } from '../submit.ts';

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It is to be a number above zero.');
  return value;
}

export const calcCommand = new Command('calc')
  .description('computes once and waits for the result: comptoir calc 42 + 7, comptoir calc 100 all 10')
  .argument('<n1>', 'first number')
  .argument('<operation>', 'add + · sub - · mul x · div / · all')
  .argument('<n2>', 'second number')
  .option('--timeout <seconds>', 'how long to wait', positiveNumber, 120)
  .option('--json', 'one JSON object per result')
  // Numbers may be negative: what looks like an option after the first number is one.
  .passThroughOptions(false)
  .allowUnknownOption(false)
  .action(async (n1: string, operation: string, n2: string, options: { timeout: number; json?: boolean }, command: Command) => {
    const calculation = parseCalculation(n1, operation, n2);
    await withGateway(command, (gateway) =>
      submitAndWait(gateway, calculation, {
        timeoutMs: options.timeout * 1000,
        onResult: (result) => console.log(options.json ? JSON.stringify(result) : resultLine(result)),
      }),
    );
  });
