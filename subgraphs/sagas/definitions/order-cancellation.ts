import { commandQueue } from '@comptoir/schema/topology.ts';
import { z } from 'zod';
import type { SagaData, SagaDefinition } from '../domain/definition.ts';
import { name, rowId } from './fields.ts';
import { compensationTimeouts, type TimeScale, timeouts } from './time-scale.ts';

export const orderCancellationName = 'order-cancellation';

/** What the saga begins with: the order, and the sagas that took its payment and sold its goods. */
export const orderCancellationInput = z.object({
  order_id: rowId,
  customer_id: rowId.optional(),
  paid_by_saga: name.optional(),
  sold_by_saga: name.optional(),
});

type Known = z.output<typeof orderCancellationInput>;
const from = (request: (data: Known) => object) => (data: SagaData) => request(data as unknown as Known);

/** An order that was paid is cancelled. What was given back cannot be taken again, so each step is asked for until it is done. */
export function orderCancellation(scale: TimeScale): SagaDefinition {
  const timeoutsMs = timeouts(scale.compensations)(...compensationTimeouts);
  return {
    name: orderCancellationName,
    version: 1,
    description: 'Gives the payment of an order back, puts its goods back in stock and cancels it.',
    steps: [
      {
        forward: {
          name: 'REFUND_PAYMENT',
          participant: 'payments',
          type: 'payment.refund',
          queue: commandQueue('payments'),
          request: from(({ order_id, paid_by_saga }) => ({ order_id, paid_by_saga })),
          timeoutsMs,
        },
        compensation: 'IMPOSSIBLE',
        runningState: 'REFUND_PROCESSING',
        doneState: 'REFUNDED',
        pivot: true,
      },
      {
        forward: {
          name: 'RESTOCK',
          participant: 'inventory',
          type: 'stock.restock',
          queue: commandQueue('inventory'),
          request: from(({ order_id, sold_by_saga }) => ({ order_id, sold_by_saga })),
          timeoutsMs,
        },
        compensation: 'IMPOSSIBLE',
        runningState: 'REFUNDED',
        doneState: 'RESTOCKED',
      },
      {
        forward: {
          name: 'CANCEL_ORDER',
          participant: 'orders',
          type: 'order.cancel',
          queue: commandQueue('orders'),
          request: from(({ order_id }) => ({ order_id })),
          timeoutsMs,
        },
        compensation: 'IMPOSSIBLE',
        runningState: 'RESTOCKED',
        doneState: 'COMPLETED',
      },
    ],
  };
}
