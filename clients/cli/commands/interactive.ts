import { intro, isCancel, log, outro, select, spinner, text } from '@clack/prompts';
import { Command } from 'commander';
import { withGateway } from '../address.ts';
import { type Calculation, parseNumber } from '../calculation.ts';
import { reportFailure } from '../failure.ts';
import type { GatewayClient } from '../gateway-client.ts';
import type { Operation } from '../generated/operations.ts';
import { resultLine } from '../results.ts';
import { submitAndWait } from '../submit.ts';

const timeoutMs = 120_000;

export const interactiveCommand = new Command('interactive')
  .description('a calculator that asks (also: comptoir without a command)')
  .action(async (_options: object, command: Command) => {
    intro('Comptoir calculator');
    await withGateway(command, async (gateway) => {
      for (;;) {
        const calculation = await ask();
        if (!calculation) break;
        await compute(gateway, calculation);
      }
    });
    outro('Until next time.');
  });

/** Null when the person leaves. */
async function ask(): Promise<Calculation | null> {
  const n1 = await askNumber('First number');
  if (n1 === null) return null;
  const operation = await select<Operation>({
    message: 'Operation',
    options: [
      { value: 'ADD', label: '+', hint: 'add' },
      { value: 'SUB', label: '−', hint: 'subtract' },
      { value: 'MUL', label: '×', hint: 'multiply' },
      { value: 'DIV', label: '÷', hint: 'divide' },
      { value: 'ALL', label: 'all four' },
    ],
  });
  if (isCancel(operation)) return null;
  const n2 = await askNumber('Second number');
  return n2 === null ? null : { n1, operation, n2 };
}

async function askNumber(message: string): Promise<number | null> {
  const answer = await text({
    message,
    placeholder: 'Ctrl-C leaves',
    validate: (given) => {
      const value = parseNumber(message, given ?? '');
      return typeof value === 'object' ? value.fault : undefined;
    },
  });
  return isCancel(answer) ? null : Number(answer);
}

async function compute(gateway: GatewayClient, calculation: Calculation): Promise<void> {
  const waiting = spinner();
  waiting.start('A worker is at it');
  try {
    await submitAndWait(gateway, calculation, { timeoutMs, onResult: (result) => log.success(resultLine(result)) });
    waiting.stop('Done');
  } catch (error) {
    waiting.stop('Not done');
    reportFailure(error);
  }
}
