import { commandId } from '@comptoir/sagas/domain/command-id.ts';
import type { Random } from './chaos.ts';

/** The part that dies. */
export type Victim = 'sagas' | 'inventory' | 'orders' | 'payment-provider';

/** What becomes of an order, crash or not. An operator cancels it while it is paid: with money taken by then, or with a provider that only fails. */
export type Course = 'completed' | 'declined' | 'unknown customer' | 'cancelled' | 'cancelled unpaid' | 'returned';

/** One crash: of whom, at which failpoint, at which step of which order. */
export interface Cell {
  readonly victim: Victim;
  readonly failpoint: string;
  /** A step or compensation; START, END, TIMEOUT and CANCEL are what else happens to a saga, RESEND what a relay does when the broker has lost its data. */
  readonly step: string;
  readonly course: Course;
  /** What has to be at hand at the failpoint. */
  readonly aim: (sagaId: string) => readonly string[];
}

type Aim = Cell['aim'];

/** Of the saga, and about all of the words. */
const ofSaga =
  (...words: readonly string[]): Aim =>
  (sagaId) => [sagaId, ...words];

/** The id of a command, which is in the command, in its reply and in the inbox. */
const ofCommand =
  (step: string): Aim =>
  (sagaId) => [commandId(sagaId, step, compensations.has(step) ? 'COMPENSATION' : 'FORWARD')];

const anywhere: Aim = () => [];

const at = (victim: Victim, step: string, course: Course, aim: Aim, failpoints: readonly string[]): Cell[] =>
  failpoints.map((failpoint) => ({ victim, failpoint, step, course, aim }));

/** Who carries each step out, and an order that comes by there. */
const steps: readonly (readonly [step: string, participant: Victim, course: Course])[] = [
  ['CHECK_STOCK', 'inventory', 'completed'],
  ['RESERVE_STOCK', 'inventory', 'completed'],
  ['CREATE_ORDER', 'orders', 'completed'],
  ['PROCESS_PAYMENT', 'orders', 'completed'],
  ['CONFIRM_ORDER', 'orders', 'completed'],
  ['RELEASE_STOCK', 'inventory', 'declined'],
  ['CANCEL_ORDER', 'orders', 'declined'],
  ['REFUND_PAYMENT', 'orders', 'cancelled'],
];
const compensations = new Set(['RELEASE_STOCK', 'CANCEL_ORDER', 'REFUND_PAYMENT']);

/** In the order in which they are come by. */
const consuming = ['consumer.message.received', 'consumer.message.handled', 'consumer.message.acked'];
const working = ['inbox.message.claimed', 'outbox.messages.written', 'inbox.message.worked', 'inbox.message.committed'];
const applying = ['sagas.apply.locked', 'sagas.apply.saved', 'sagas.apply.written', 'sagas.apply.committed'];
const relaying = ['relay.message.taken', 'relay.message.published', 'relay.page.confirmed', 'relay.page.marked'];

/** Every failpoint by every step at which somebody comes by there. */
export const cells: readonly Cell[] = [
  // The orchestrator sends each command and takes its reply in. Whether money came back is all one to it.
  ...steps.flatMap(([step, , course]) => {
    const its = course === 'cancelled' ? 'cancelled unpaid' : course;
    return [
      ...at('sagas', step, its, ofCommand(step), [...relaying, ...consuming]),
      ...at('sagas', step, its, ofSaga('REPLY', step), applying),
    ];
  }),
  ...at('sagas', 'START', 'completed', ofSaga('order-processing'), consuming),
  ...at('sagas', 'START', 'completed', ofSaga('START'), ['sagas.apply.saved', 'sagas.apply.written']),
  ...at('sagas', 'START', 'completed', ofSaga(), ['sagas.start.committed']),
  ...at('sagas', 'END', 'completed', ofSaga('saga.completed'), relaying),
  ...at('sagas', 'TIMEOUT', 'cancelled unpaid', ofSaga('PROCESS_PAYMENT'), ['sagas.timer.taken', 'sagas.timer.committed']),
  ...at('sagas', 'TIMEOUT', 'cancelled unpaid', ofSaga('TIMEOUT'), ['sagas.apply.saved', 'sagas.apply.written']),
  ...at('sagas', 'CANCEL', 'cancelled unpaid', ofSaga('CANCEL'), applying),
  ...at('sagas', 'RESEND', 'completed', anywhere, ['relay.resend.page']),

  // A participant takes each command in, carries it out and sends its reply.
  ...steps.flatMap(([step, participant, course]) =>
    at(participant, step, course, ofCommand(step), [...consuming, ...working, ...relaying]),
  ),

  ...at('inventory', 'RESERVE_STOCK', 'completed', ofSaga(), ['inventory.reserve.allocated', 'inventory.reserve.inserted']),
  ...at('inventory', 'RELEASE_STOCK', 'declined', ofSaga(), ['inventory.release.barred', 'inventory.release.freed']),
  ...at('inventory', 'RELEASE_STOCK', 'unknown customer', ofSaga(), ['inventory.release.freed']),
  ...at('inventory', 'END', 'completed', ofSaga('saga_completed'), consuming),
  ...at('inventory', 'END', 'completed', ofSaga(), ['inventory.sale.booked']),
  ...at('inventory', 'RESTOCK', 'returned', ofSaga(), ['inventory.restock.booked']),
  ...at('inventory', 'RESEND', 'completed', anywhere, ['relay.resend.page']),

  ...at('orders', 'CREATE_ORDER', 'completed', ofSaga(), ['orders.order.inserted']),
  ...at('orders', 'CREATE_ORDER', 'unknown customer', ofCommand('CREATE_ORDER'), ['orders.waiting.kept', 'orders.waiting.answered']),
  ...at('orders', 'PROCESS_PAYMENT', 'completed', ofCommand('PROCESS_PAYMENT'), [
    'orders.payment.intended',
    'orders.payment.captured',
    'orders.payment.settled',
  ]),
  ...at('orders', 'PROCESS_PAYMENT', 'declined', ofCommand('PROCESS_PAYMENT'), ['orders.payment.captured', 'orders.payment.settled']),
  ...at('orders', 'CONFIRM_ORDER', 'completed', ofSaga(), ['orders.confirm.updated']),
  ...at('orders', 'CANCEL_ORDER', 'declined', ofSaga(), ['orders.cancel.barred', 'orders.cancel.updated']),
  ...at('orders', 'REFUND_PAYMENT', 'cancelled', ofCommand('REFUND_PAYMENT'), [
    'orders.refund.intended',
    'orders.refund.given',
    'orders.refund.settled',
  ]),
  ...at('orders', 'RESEND', 'completed', anywhere, ['relay.resend.page']),

  ...at('payment-provider', 'PROCESS_PAYMENT', 'completed', ofCommand('PROCESS_PAYMENT'), [
    'provider.capture.counted',
    'provider.capture.stored',
  ]),
  ...at('payment-provider', 'REFUND_PAYMENT', 'cancelled', ofCommand('REFUND_PAYMENT'), [
    'provider.refund.counted',
    'provider.refund.stored',
  ]),
];

/** For FAILPOINT: the place of a cell, where it has to do with that saga. */
export const failpointOf = ({ failpoint, aim }: Cell, sagaId: string): string => [failpoint, ...aim(sagaId)].join('@');

/** Every point of every part once, and others by chance, so many together. */
export function drawCells(count: number, random: Random): Cell[] {
  const drawn = cells.map((cell) => ({ cell, lot: random.next() })).sort((one, other) => one.lot - other.lot);
  const first = new Map(drawn.map(({ cell }) => [`${cell.victim} ${cell.failpoint}`, cell]));
  const chosen = new Set(first.values());
  for (const { cell } of drawn) if (chosen.size < count) chosen.add(cell);
  return cells.filter((cell) => chosen.has(cell));
}
