import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { textFaults } from '@comptoir/platform/text.ts';
import { canGo } from '../domain/order-status.ts';
import { orderUpdated } from '../messages/outgoing.ts';
import { deliverShipment, insertShipment, trackingNumberOf, updateOrder } from '../store/orders.ts';
import { changeOrder } from './change-order.ts';
import type { OrderOutcome, Repeatable } from './outcomes.ts';

const maxTrackingNumberLength = 100;

/** Hands an order to the carrier. A repetition with the same tracking number changes nothing. Errors: BAD_USER_INPUT. */
export async function shipOrder(
  database: Database,
  id: string,
  trackingNumber: string | null | undefined,
  repeatable: Repeatable,
): Promise<OrderOutcome> {
  const faults = textFaults(trackingNumber ?? '', ['trackingNumber'], { max: maxTrackingNumberLength });
  if (faults.length > 0) throw badUserInput(faults);
  const number = trackingNumber?.trim() || null;
  return changeOrder(
    database,
    id,
    async (em, order) => {
      if (order.status === 'SHIPPED' && (await trackingNumberOf(em, order.id)) === number) return { messages: [] };
      if (order.cancellationSagaId !== null) return { refused: 'An order that is being cancelled cannot be shipped.' };
      if (!canGo(order, 'SHIPPED')) {
        return { refused: `An order that is ${order.status}${order.status === 'PENDING' ? ' and not paid yet' : ''} cannot be shipped.` };
      }
      await insertShipment(em, order.id, number);
      const told = [
        { field: 'status', before: order.status, after: 'SHIPPED' },
        ...(number === null ? [] : [{ field: 'tracking_number', after: number }]),
      ];
      return { messages: [orderUpdated(await updateOrder(em, order.id, { status: 'SHIPPED' }))], told };
    },
    { action: 'shipped', ...repeatable },
  );
}

/** The order has arrived. A repetition changes nothing. */
export function deliverOrder(database: Database, id: string, repeatable: Repeatable): Promise<OrderOutcome> {
  return changeOrder(
    database,
    id,
    async (em, order) => {
      if (order.status === 'DELIVERED') return { messages: [] };
      if (!canGo(order, 'DELIVERED')) return { refused: `An order that is ${order.status} cannot be delivered.` };
      await deliverShipment(em, order.id);
      const told = [{ field: 'status', before: order.status, after: 'DELIVERED' }];
      return { messages: [orderUpdated(await updateOrder(em, order.id, { status: 'DELIVERED' }))], told };
    },
    { action: 'delivered', ...repeatable },
  );
}
