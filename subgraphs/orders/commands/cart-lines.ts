import { recordBusiness } from '@comptoir/platform/business-log.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput, type Fault } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { idempotencyKeyFaults, parseId } from '@comptoir/platform/text.ts';
import { type CartLine, readCartLines } from '../domain/lines.ts';
import { insertCart, lockCart, replaceCartLines, updateCart } from '../store/carts.ts';
import { holdCustomer, holdProducts } from '../store/known.ts';
import { type Caller, type CartOutcome, type Missing, missing } from './outcomes.ts';

interface GivenCart {
  readonly customerId?: string | null;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

function readCart({ customerId, lines: given }: GivenCart): { customerId: number | null; lines: CartLine[]; faults: Fault[] } {
  const { lines, faults } = readCartLines(given, ['lines']);
  const id = customerId === null || customerId === undefined ? null : parseId(customerId);
  if (id === null && customerId) faults.unshift({ path: ['customerId'], message: 'is not the id of a customer' });
  return { customerId: id, lines, faults };
}

/** A cart of somebody who was deleted is nobody's. */
async function findMissingCustomer(em: EntityManager, customerId: number | null): Promise<Missing | null> {
  if (customerId === null) return null;
  const { standing } = await holdCustomer(em, customerId);
  return standing === 'DELETED' ? missing('customer', String(customerId)) : null;
}

/** Which products of the lines were taken out of the catalogue; held before the cart is, as where a product is taken out. */
const holdProductsOf = (em: EntityManager, lines: readonly CartLine[]): Promise<ReadonlySet<number>> =>
  holdProducts(
    em,
    lines.map(({ productId }) => productId),
  );

/** Opens a cart; lines of one product are put together. Errors: BAD_USER_INPUT with every fault; IDEMPOTENCY_CONFLICT. */
export async function createCart(
  database: Database,
  { idempotencyKey, caller, ...given }: GivenCart & { idempotencyKey?: string | null; caller: Caller },
): Promise<CartOutcome> {
  const { customerId, lines, faults } = readCart(given);
  faults.push(...idempotencyKeyFaults(idempotencyKey));
  if (faults.length > 0) throw badUserInput(faults);
  const request = { principal: caller.consumerId, operation: 'createCart', key: idempotencyKey, input: { customerId, lines } };
  return database.transaction((em) =>
    once<CartOutcome>(em, request, async () => {
      const nobody = await findMissingCustomer(em, customerId);
      if (nobody) return nobody;
      const deleted = await holdProductsOf(em, lines);
      const id = await insertCart(em, customerId);
      await replaceCartLines(em, id, lines, deleted);
      recordBusiness(em, { actor: caller, operation: 'cart.created', entityType: 'cart', entityId: id, details: { lines: lines.length } });
      return { kind: 'changed', id };
    }),
  );
}

/** Replaces the lines of a cart, and its customer where one is given. Errors: BAD_USER_INPUT with every fault. */
export async function setCartLines(
  database: Database,
  { id, expectedVersion, caller, ...given }: GivenCart & { id: string; expectedVersion?: number | null; caller: Caller },
): Promise<CartOutcome | { readonly kind: 'stale'; readonly version: number }> {
  const { customerId, lines, faults } = readCart(given);
  if (faults.length > 0) throw badUserInput(faults);
  const cartId = parseId(id);
  if (cartId === null) return missing('cart', id);
  return database.transaction(async (em) => {
    const nobody = await findMissingCustomer(em, customerId);
    const deleted = await holdProductsOf(em, lines);
    const cart = await lockCart(em, cartId);
    if (!cart) return missing('cart', id);
    if (cart.checkedOut) return { kind: 'checked-out', id: cartId };
    if (typeof expectedVersion === 'number' && expectedVersion !== cart.version) return { kind: 'stale', version: cart.version };
    if (nobody) return nobody;
    await replaceCartLines(em, cartId, lines, deleted);
    await updateCart(em, cartId, { customerId });
    const details = { lines: lines.length };
    recordBusiness(em, { actor: caller, operation: 'cart.changed', entityType: 'cart', entityId: cartId, details });
    return { kind: 'changed', id: cartId };
  });
}
