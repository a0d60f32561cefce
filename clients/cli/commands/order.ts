import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { withGateway } from '../address.ts';
import { GatewayError } from '../failure.ts';
import { expectNoFailure, followSaga } from '../follow-saga.ts';
import { StartOrderProcessingDocument } from '../generated/operations.ts';
import { parseLines } from '../order-line.ts';
import { newsOf, outcomeLine } from '../saga-lines.ts';

interface StartOptions {
  readonly customer: string;
  readonly line: readonly string[];
  readonly pay: string;
  readonly address: string;
  readonly place?: string;
  readonly watch: boolean;
  readonly json?: boolean;
}

function readId(text: string): string {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It is to be a whole number, such as 1.');
  return text;
}

const startCommand = new Command('start')
  .description('orders and watches the saga to its end: comptoir order start --customer 1 --line 1x2 --line 5x1')
  .requiredOption('--customer <id>', 'who orders; 99999 for one that does not exist', readId)
  .option(
    '--line <product x quantity>',
    'what is ordered, such as 1x2 for two of product 1; may be given several times',
    (text, all: string[]) => [...all, text],
    [],
  )
  .option('--pay <method>', 'card, transfer, cash, or a test card number such as 4000000000000002 (declined)', 'card')
  .option('--address <text>', 'where it is sent', '1 rue du Port, 59000 Lille')
  .option('--place <id>', 'the place to take the goods from instead of the warehouse', readId)
  .option('--no-watch', 'say the id of the saga and leave')
  .option('--json', 'one JSON object per change of the saga')
  .addHelpText(
    'after',
    `
Test cards:
  4000000000000002  is declined: everything is undone
  4000000000000119  fails once, then is paid
  4000000000000077  is paid, slowly
  4000000000005126  is paid, and never given back: a cancellation is refused

Exit code: 0 the order is paid and confirmed, 1 it was undone or has failed, 2 bad input.`,
  )
  .action(async (options: StartOptions, command: Command) => {
    const lines = parseLines(options.line);
    await withGateway(command, async (gateway) => {
      const { startOrderProcessing: answer } = await gateway.request(StartOrderProcessingDocument, {
        input: {
          customerId: options.customer,
          lines,
          shippingAddress: options.address,
          paymentMethod: options.pay,
          placeId: options.place,
        },
        idempotencyKey: randomUUID(),
      });
      if (answer.__typename !== 'OrderProcessingStarted') throw new GatewayError(answer.message);
      const { id } = answer.saga;
      if (!options.json) console.log(id);
      else if (!options.watch) console.log(JSON.stringify({ id }));
      if (!options.watch) return;
      const last = await followSaga(gateway, id, {
        onChange: (saga, before) => {
          const lines = newsOf(saga, before);
          if (options.json) console.log(JSON.stringify(saga));
          else if (lines.length > 0) console.log(lines.join('\n'));
        },
      });
      if (last && !options.json) console.log(outcomeLine(last));
      expectNoFailure(last);
      if (last?.state === 'COMPENSATED') process.exitCode = 1;
    });
  });

export const orderCommand = new Command('order').description('orders from the shop').addCommand(startCommand);
