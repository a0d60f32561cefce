import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { signs } from '../calculation.ts';
import { GatewayError } from '../failure.ts';
import type { Operation } from '../generated/operations.ts';
import { submit } from '../submit.ts';
import { positiveNumber } from './calc.ts';

const kinds: readonly Operation[] = ['ADD', 'SUB', 'MUL', 'DIV', 'ALL'];

export const randomCalculation = (operations: readonly Operation[] = kinds) => ({
  n1: randomInt(1, 101),
  n2: randomInt(1, 101),
  operation: operations[randomInt(operations.length)] ?? ('ADD' as const),
});

export const autoCommand = new Command('auto')
  .description('produces random tasks by itself, source auto, until stopped')
  .option('--interval <milliseconds>', 'time from one task to the next', positiveNumber, 5_000)
  .option('--count <tasks>', 'stop after so many', positiveNumber)
  .option('--quiet', 'say only what went wrong')
  .action(async (options: { interval: number; count?: number; quiet?: boolean }, command: Command) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    await withGateway(command, async (gateway) => {
      let failing = false;
      for (let sent = 0; sent < (options.count ?? Number.POSITIVE_INFINITY) && !stop.signal.aborted; ) {
        const calculation = randomCalculation();
        try {
          const id = await submit(gateway, calculation, 'AUTO');
          sent++;
          failing = false;
          if (!options.quiet) console.log(`${calculation.n1} ${signs[calculation.operation]} ${calculation.n2}  ${colors.dim(id)}`);
        } catch (error) {
          // A producer outlives a gateway that is away for a while; it says so once.
          if (!(error instanceof GatewayError)) throw error;
          if (!failing) console.error(`${colors.yellow('!')} ${error.message}; trying again every ${options.interval} ms`);
          failing = true;
        }
        await wait(options.interval, undefined, { signal: stop.signal }).catch((error: Error) => {
          if (error.name !== 'AbortError') throw error;
        });
      }
    });
  });
