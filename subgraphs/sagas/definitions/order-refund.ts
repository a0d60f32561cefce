import { commandQueue } from '@comptoir/schema/topology.ts';
import { z } from 'zod';
import type { SagaData, SagaDefinition } from '../domain/definition.ts';
import { name, rowId } from './fields.ts';
import { compensationTimeouts, type TimeScale, timeouts } from './time-scale.ts';

export const orderRefundName = 'order-refund';

/** What the saga begins with: the order, and the saga that took its payment. */
export const orderRefundInput = z.object({ order_id: rowId, customer_id: rowId.optional(), paid_by_saga: name });

type Known = z.output<typeof orderRefundInput>;

/** An order that has left is paid back; the goods stay where they are. What was given back cannot be taken again, so it is asked for until it is done. */
export function orderRefund(scale: TimeScale): SagaDefinition {
  return {
    name: orderRefundName,
    version: 1,
    description: 'Gives the payment of an order that has left back.',
    steps: [
      {
        forward: {
          name: 'REFUND_PAYMENT',
          participant: 'payments',
          type: 'payment.refund',
          queue: commandQueue('payments'),
          request(data: SagaData) {
            const { order_id, paid_by_saga } = data as unknown as Known;
            return { order_id, paid_by_saga };
          },
          timeoutsMs: timeouts(scale.compensations)(...compensationTimeouts),
        },
        compensation: 'IMPOSSIBLE',
        runningState: 'REFUND_PROCESSING',
        doneState: 'COMPLETED',
        pivot: true,
      },
    ],
  };
}
