import { Command, InvalidArgumentError } from 'commander';
import colors from 'picocolors';
import { withGateway } from '../address.ts';
import { GatewayError } from '../failure.ts';
import { expectNoFailure, followSaga } from '../follow-saga.ts';
import {
  CancelSagaDocument,
  PauseSagaDocument,
  ResumeSagaDocument,
  RetrySagaDocument,
  SagaListDocument,
  type SagaState,
} from '../generated/operations.ts';
import { newsOf, outcomeLine, sagaLine } from '../saga-lines.ts';

const states: readonly SagaState[] = [
  'PENDING',
  'STOCK_CHECKING',
  'STOCK_RESERVED',
  'ORDER_CREATED',
  'PAYMENT_PROCESSING',
  'PAYMENT_COMPLETED',
  'REFUND_PROCESSING',
  'REFUNDED',
  'RESTOCKED',
  'COMPLETED',
  'COMPENSATING',
  'COMPENSATED',
  'FAILED',
];
const mostListed = 100;

function readState(text: string, before: readonly SagaState[] = []): SagaState[] {
  const state = states.find((each) => each === text.toUpperCase());
  if (!state) throw new InvalidArgumentError(`It is to be one of ${states.join(', ')}.`);
  return [...before, state];
}

function readCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > mostListed) throw new InvalidArgumentError(`It is to be a whole number from 1 to ${mostListed}.`);
  return count;
}

const listCommand = new Command('list')
  .description('lists sagas, newest first')
  .option('--state <state>', 'only in this state, such as FAILED; may be given several times', readState)
  .option('--first <count>', `how many, 1 to ${mostListed}`, readCount, 20)
  .option('--json', 'one JSON object per saga')
  .action(async (options: { state?: SagaState[]; first: number; json?: boolean }, command: Command) => {
    await withGateway(command, async (gateway) => {
      const { sagas } = await gateway.request(SagaListDocument, { states: options.state, first: options.first });
      for (const saga of sagas.nodes) console.log(options.json ? JSON.stringify(saga) : sagaLine(saga));
      if (sagas.nodes.length === 0 && !options.json)
        console.error(colors.dim(options.state ? 'There are none in this state.' : 'There are none: comptoir order start begins one.'));
    });
  });

const watchCommand = new Command('watch')
  .description('shows a saga live, until it has ended or failed')
  .argument('<id>', 'its id, such as saga_01hx…')
  .option('--json', 'one JSON object per change')
  .action(async (id: string, options: { json?: boolean }, command: Command) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    await withGateway(command, async (gateway) => {
      gateway.onFeed((state) => {
        if (state === 'reconnecting') console.error(colors.dim('○ reconnecting…'));
      });
      const last = await followSaga(gateway, id, {
        signal: stop.signal,
        onChange: (saga, before) => {
          const lines = newsOf(saga, before);
          if (options.json) console.log(JSON.stringify(saga));
          else if (lines.length > 0) console.log(lines.join('\n'));
        },
      });
      if (last && !options.json) console.log(outcomeLine(last));
      expectNoFailure(last);
    });
  });

const orders = [
  { name: 'retry', document: RetrySagaDocument, description: 'lets a failed saga go on where it failed', done: 'goes on' },
  { name: 'cancel', document: CancelSagaDocument, description: 'undoes a saga that is under way', done: 'is being undone' },
  { name: 'pause', document: PauseSagaDocument, description: 'holds a saga: no new command is sent', done: 'is held' },
  { name: 'resume', document: ResumeSagaDocument, description: 'lets a held saga go on', done: 'goes on' },
] as const;

const orderCommands = orders.map(({ name, document, description, done }) =>
  new Command(name)
    .description(description)
    .argument('<id>', 'its id')
    .action(async (id: string, _options: object, command: Command) => {
      await withGateway(command, async (gateway) => {
        const { answer } = await gateway.request(document, { id });
        if (answer.__typename === 'SagaActionAccepted') {
          console.log(`${colors.green('✓')} ${id} ${done}  ${colors.dim(answer.saga.state)}`);
          return;
        }
        const possible = answer.__typename === 'SagaActionRefused' ? answer.saga.actions.map((action) => action.toLowerCase()) : [];
        throw new GatewayError(answer.message, {
          hint: possible.length > 0 ? `Possible now: ${possible.join(', ')}` : 'comptoir saga list shows the sagas.',
        });
      });
    }),
);

export const sagaCommand = new Command('saga').description('distributed transactions: list, watch, retry, cancel, pause, resume');
for (const command of [listCommand, watchCommand, ...orderCommands]) sagaCommand.addCommand(command);
