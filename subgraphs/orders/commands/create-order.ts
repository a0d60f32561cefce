import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { defaultCurrency } from '@comptoir/platform/money.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, parseId } from '@comptoir/platform/text.ts';
import { addressFaults, cleanAddress } from '../domain/address.ts';
import { type PricedLine, readOrderLines, totalOf } from '../domain/lines.ts';
import { orderCreated } from '../messages/outgoing.ts';
import { holdCustomer, holdProducts, type KnownCustomer } from '../store/known.ts';
import { insertOrder, type OrderState } from '../store/orders.ts';
import type { Caller } from './outcomes.ts';

export interface CreateOrder {
  readonly customerId: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number; readonly unitPriceMinor: number }[];
  readonly shippingAddress?: string | null;
  readonly billingAddress?: string | null;
}

/** Writes the order and tells of it; marked where its customer or products are known to be no more. Both have to be held by the transaction. */
export async function placeOrder(
  em: EntityManager,
  { customerId, lines, sagaId, ...addresses }: PlacedOrder,
  customer: KnownCustomer,
): Promise<OrderState> {
  const deletedProducts = await holdProducts(
    em,
    lines.map(({ productId }) => productId),
  );
  const order = await insertOrder(em, {
    ...addresses,
    customerId,
    customerDeleted: customer.standing === 'DELETED',
    lines: lines.map((line) => ({ ...line, productDeleted: deletedProducts.has(line.productId) })),
    totalMinor: totalOf(lines),
    currency: defaultCurrency,
    sagaId,
  });
  failpoint('orders.order.inserted', sagaId);
  await appendToOutbox(em, [orderCreated(order)]);
  return order;
}

interface PlacedOrder {
  readonly customerId: number;
  readonly lines: readonly PricedLine[];
  readonly shippingAddress: string | null;
  readonly billingAddress: string | null;
  readonly sagaId: string | null;
}

/**
 * Takes an order from another system. Its customer may be one that nothing was heard of yet: news travel. One that is known to be deleted is refused; one whose
 * deletion was heard of before its creation is taken, and the order marked at once. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT.
 */
export async function createOrder(
  database: Database,
  { input, idempotencyKey, caller }: { input: CreateOrder; idempotencyKey?: string | null; caller: Caller },
): Promise<{ readonly kind: 'created'; readonly id: number }> {
  const customerId = parseId(input.customerId);
  const { lines, faults: lineFaults } = readOrderLines(input.lines, ['input', 'lines']);
  const faults: Fault[] = [
    ...(customerId === null ? [{ path: ['input', 'customerId'], message: 'is not the id of a customer' }] : []),
    ...lineFaults,
    ...addressFaults(input.shippingAddress, ['input', 'shippingAddress']),
    ...addressFaults(input.billingAddress, ['input', 'billingAddress']),
    ...idempotencyKeyFaults(idempotencyKey),
  ];
  if (customerId === null || faults.length > 0) throw badUserInput(faults);
  const order = {
    customerId,
    lines,
    shippingAddress: cleanAddress(input.shippingAddress),
    billingAddress: cleanAddress(input.billingAddress),
    sagaId: null,
  };
  const request = {
    principal: caller.consumerId,
    operation: 'createOrder',
    key: idempotencyKey,
    input: { ...order, lines: lines.map((line) => ({ ...line, unitPriceMinor: line.unitPriceMinor.toString() })) },
  };
  return database.transaction((em) =>
    once(em, request, async () => {
      const customer = await holdCustomer(em, customerId);
      if (customer.standing === 'DELETED' && customer.heardOf) {
        throw badUserInput([{ path: ['input', 'customerId'], message: `customer ${customerId} was deleted` }]);
      }
      const { id, totalMinor } = await placeOrder(em, order, customer);
      await recordAudit(em, {
        actor: caller,
        action: 'order.created',
        entityType: 'order',
        entityId: id,
        summary: `Order ${id} was taken from another system`,
        changes: [
          { field: 'customer_id', after: customerId },
          { field: 'total_minor', after: totalMinor },
        ],
      });
      return { kind: 'created', id };
    }),
  );
}
