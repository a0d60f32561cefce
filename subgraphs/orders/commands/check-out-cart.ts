import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, parseId, textFaults } from '@comptoir/platform/text.ts';
import { addressFaults, cleanAddress } from '../domain/address.ts';
import { cardNumberOf, maskMethod } from '../domain/payment-method.ts';
import { newSagaId } from '../domain/saga-id.ts';
import { sagaStart } from '../messages/outgoing.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { findCartLines, lockCart, updateCart } from '../store/carts.ts';
import { type Caller, type CartOutcome, missing } from './outcomes.ts';

export interface CheckOut {
  readonly shippingAddress: string;
  readonly billingAddress?: string | null;
  readonly paymentMethod: string;
}

const maxMethodLength = 64;

function readCheckOut({ shippingAddress, billingAddress, paymentMethod }: CheckOut, idempotencyKey: string | null | undefined): Fault[] {
  return [
    ...addressFaults(shippingAddress, ['input', 'shippingAddress'], { required: true }),
    ...addressFaults(billingAddress, ['input', 'billingAddress']),
    ...textFaults(paymentMethod, ['input', 'paymentMethod'], { min: 1, max: maxMethodLength }),
    ...idempotencyKeyFaults(idempotencyKey),
  ];
}

/**
 * Checks a cart out, once: promises the saga that processes it. The number of a card is given to the provider for a token first, so that it is stored
 * nowhere. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT; SERVICE_UNAVAILABLE where the provider is needed and away.
 */
export async function checkOutCart(
  { database, provider }: { database: Database; provider: PaymentProvider },
  { id, input, idempotencyKey, caller, signal }: CheckOutRequest,
): Promise<CartOutcome | { readonly kind: 'incomplete'; readonly id: number; readonly message: string }> {
  const faults = readCheckOut(input, idempotencyKey);
  if (faults.length > 0) throw badUserInput(faults);
  const cartId = parseId(id);
  if (cartId === null) return missing('cart', id);
  const shippingAddress = cleanAddress(input.shippingAddress);
  const billingAddress = cleanAddress(input.billingAddress);
  const number = cardNumberOf(input.paymentMethod);
  const method = number ? await provider.tokenize(number, signal) : maskMethod(input.paymentMethod);
  const request = {
    principal: caller.consumerId,
    operation: 'checkOutCart',
    key: idempotencyKey,
    input: { cartId, shippingAddress, billingAddress, method: maskMethod(input.paymentMethod) },
  };
  return database.transaction((em) =>
    once(em, request, async () => {
      const cart = await lockCart(em, cartId);
      if (!cart) return missing('cart', id);
      if (cart.checkedOut) return { kind: 'checked-out' as const, id: cartId };
      const lines = await findCartLines(em, cartId);
      const lacks = [...(lines.length === 0 ? ['no line'] : []), ...(cart.customerId === null ? ['no customer'] : [])];
      if (lacks.length > 0) return { kind: 'incomplete' as const, id: cartId, message: `The cart has ${lacks.join(' and ')}.` };
      const sagaId = newSagaId();
      await updateCart(em, cartId, { sagaId });
      await appendToOutbox(em, [
        sagaStart(sagaId, 'order-processing', {
          customer_id: cart.customerId,
          lines: lines.map(({ productId, quantity }) => ({ product_id: productId, quantity })),
          shipping_address: shippingAddress,
          billing_address: billingAddress ?? shippingAddress,
          payment_method: method,
        }),
      ]);
      await recordAudit(em, {
        actor: caller,
        action: 'cart.checked_out',
        entityType: 'cart',
        entityId: cartId,
        summary: `Cart ${cartId} was checked out`,
        changes: [
          { field: 'customer_id', after: cart.customerId },
          { field: 'saga_id', after: sagaId },
        ],
      });
      return { kind: 'changed' as const, id: cartId };
    }),
  );
}

export interface CheckOutRequest {
  readonly id: string;
  readonly input: CheckOut;
  readonly idempotencyKey?: string | null | undefined;
  readonly caller: Caller;
  readonly signal?: AbortSignal | undefined;
}
