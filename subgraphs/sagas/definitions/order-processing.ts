import { commandQueue } from '@comptoir/schema/topology.ts';
import { z } from 'zod';
import type { CommandDefinition, SagaData, SagaDefinition } from '../domain/definition.ts';
import { isStorableMethod } from '../domain/payment-method.ts';
import { count, name, rowId, text } from './fields.ts';
import { compensationTimeouts, longTimeouts, stepTimeouts, type TimeScale, timeouts } from './time-scale.ts';

export const orderProcessingName = 'order-processing';

/** Lines of one product put together, in the order of the products: what every participant locks in. */
function mergeLines<Line extends { product_id: number; quantity: number }>(
  lines: readonly Line[],
): { product_id: number; quantity: number }[] {
  return [...Map.groupBy(lines, ({ product_id }) => product_id)]
    .map(([product_id, same]) => ({ product_id, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }))
    .sort((a, b) => a.product_id - b.product_id);
}

const maxQuantity = 10_000;

/** What the saga begins with. */
export const orderProcessingInput = z.object({
  customer_id: rowId,
  lines: z
    .array(z.object({ product_id: rowId, quantity: count(maxQuantity) }))
    .min(1, 'must have at least one line')
    .max(100, 'must have at most 100 lines')
    .transform(mergeLines)
    .refine((lines) => lines.every(({ quantity }) => quantity <= maxQuantity), `lines of one product must come to at most ${maxQuantity}`),
  shipping_address: text(1_000),
  billing_address: text(1_000)
    .nullish()
    .transform((address) => address ?? null),
  payment_method: name.refine(
    isStorableMethod,
    'must not be the number of a card, which is never kept: check out a cart, or send a token of the payment provider',
  ),
  place_id: rowId.nullish().transform((place) => place ?? null),
});

/** What it knows in the end; each command takes what is known by its turn. */
interface Known {
  readonly customer_id: number;
  readonly lines: readonly { product_id: number; quantity: number; unit_price_minor: string; name?: string }[];
  readonly shipping_address: string;
  readonly billing_address: string | null;
  readonly payment_method: string;
  readonly place_id: number | null;
  readonly order_id?: number;
  readonly amount_minor: string;
  readonly currency: string;
}

const from = (request: (data: Known) => object) => (data: SagaData) => request(data as unknown as Known);
const goods = from(({ lines, place_id }) => ({ place_id, lines: lines.map(({ product_id, quantity }) => ({ product_id, quantity })) }));

/** A person's order: stock is checked and reserved, the order created, paid and confirmed. */
export function orderProcessing(scale: TimeScale): SagaDefinition {
  const wait = timeouts(scale.steps);
  const to = (
    participant: 'inventory' | 'orders' | 'payments',
    command: Omit<CommandDefinition, 'participant' | 'queue'>,
  ): CommandDefinition => ({
    participant,
    queue: commandQueue(participant),
    ...command,
  });
  const step = wait(...stepTimeouts);
  const undo = timeouts(scale.compensations)(...compensationTimeouts);
  return {
    name: orderProcessingName,
    version: 1,
    description: 'Checks and reserves stock, creates the order, takes the payment and confirms; undoes all of it where one of them fails.',
    steps: [
      {
        forward: to('inventory', { name: 'CHECK_STOCK', type: 'stock.check', request: goods, timeoutsMs: step }),
        compensation: 'NOT_NEEDED',
        runningState: 'STOCK_CHECKING',
        doneState: 'STOCK_CHECKING',
      },
      {
        forward: to('inventory', { name: 'RESERVE_STOCK', type: 'stock.reserve', request: goods, timeoutsMs: step }),
        compensation: to('inventory', { name: 'RELEASE_STOCK', type: 'stock.release', request: () => ({}), timeoutsMs: undo }),
        runningState: 'STOCK_CHECKING',
        doneState: 'STOCK_RESERVED',
      },
      {
        forward: to('orders', {
          name: 'CREATE_ORDER',
          type: 'order.create',
          request: from(({ customer_id, lines, shipping_address, billing_address }) => ({
            customer_id,
            lines,
            shipping_address,
            billing_address,
          })),
          timeoutsMs: step,
        }),
        compensation: to('orders', {
          name: 'CANCEL_ORDER',
          type: 'order.cancel',
          request: from(({ order_id }) => ({ order_id: order_id ?? null })),
          timeoutsMs: undo,
        }),
        runningState: 'STOCK_RESERVED',
        doneState: 'ORDER_CREATED',
      },
      {
        forward: to('payments', {
          name: 'PROCESS_PAYMENT',
          type: 'payment.process',
          request: from(({ order_id, amount_minor, currency, payment_method }) => ({
            order_id,
            amount_minor,
            currency,
            method: payment_method,
          })),
          timeoutsMs: step,
        }),
        compensation: to('payments', {
          name: 'REFUND_PAYMENT',
          type: 'payment.refund',
          request: from(({ order_id }) => ({ order_id: order_id ?? null })),
          timeoutsMs: undo,
        }),
        runningState: 'PAYMENT_PROCESSING',
        doneState: 'PAYMENT_COMPLETED',
        pivot: true,
      },
      {
        forward: to('orders', {
          name: 'CONFIRM_ORDER',
          type: 'order.confirm',
          request: from(({ order_id }) => ({ order_id })),
          timeoutsMs: wait(...longTimeouts),
        }),
        // Cancelling the order undoes its confirmation too.
        compensation: 'NOT_NEEDED',
        runningState: 'PAYMENT_COMPLETED',
        doneState: 'COMPLETED',
      },
    ],
  };
}
