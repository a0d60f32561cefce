import type { EntityManager } from '@comptoir/platform/database.ts';
import { describePath } from '@comptoir/platform/errors.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { cleanAddress } from '../domain/address.ts';
import { readOrderLines } from '../domain/lines.ts';
import { type Answer, CustomerAwaited, refused, success } from '../domain/saga-answer.ts';
import { holdCustomer } from '../store/known.ts';
import { lockStep } from '../store/saga-steps.ts';
import { placeOrder } from './create-order.ts';

/**
 * CREATE_ORDER: the order of the saga, PENDING. Refused with CANCELLED where its cancellation came before it, CUSTOMER_DELETED, INVALID_ORDER, and, unless the
 * customer may still be waited for (throws CustomerAwaited), CUSTOMER_UNKNOWN.
 */
export async function createOrderOfSaga(
  em: EntityManager,
  { saga_id: sagaId, data }: MessageOf<'order.create'>,
  { mayWait }: { readonly mayWait: boolean },
): Promise<Answer> {
  const { cancelled } = await lockStep(em, sagaId, 'CREATE_ORDER');
  if (cancelled) return refused('CANCELLED', `The order of ${sagaId} was cancelled before it was created`);
  const customerId = data.customer_id;
  const customer = await holdCustomer(em, customerId);
  if (customer.standing === 'DELETED') return refused('CUSTOMER_DELETED', `Customer ${customerId} was deleted`);
  if (customer.standing === 'UNKNOWN') {
    if (mayWait) throw new CustomerAwaited(customerId);
    return refused('CUSTOMER_UNKNOWN', `There is no customer ${customerId}`);
  }
  const { lines, faults } = readOrderLines(
    data.lines.map(({ product_id, quantity, unit_price_minor }) => ({
      productId: String(product_id),
      quantity,
      unitPriceMinor: unit_price_minor,
    })),
    ['lines'],
  );
  if (faults.length > 0) return refused('INVALID_ORDER', faults.map(({ path, message }) => `${describePath(path)} ${message}`).join('; '));
  const shippingAddress = cleanAddress(data.shipping_address);
  const order = await placeOrder(
    em,
    { customerId, lines, shippingAddress, billingAddress: cleanAddress(data.billing_address) ?? shippingAddress, sagaId },
    customer,
  );
  return success({ order_id: order.id, amount_minor: order.totalMinor.toString(), currency: order.currency });
}
