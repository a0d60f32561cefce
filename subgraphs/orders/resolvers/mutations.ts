import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-orders.ts';
import { cancelOrder } from '../commands/cancel-order.ts';
import { createCart, setCartLines } from '../commands/cart-lines.ts';
import { checkOutCart } from '../commands/check-out-cart.ts';
import { createOrder } from '../commands/create-order.ts';
import { deleteOrder } from '../commands/delete-order.ts';
import type { CartOutcome, Missing, OrderOutcome } from '../commands/outcomes.ts';
import { refundOrder } from '../commands/refund-order.ts';
import { deliverOrder, shipOrder } from '../commands/ship-order.ts';
import { type OrdersContext, renew } from '../context.ts';
import type { PaymentProvider } from '../payments/provider.ts';

const notFound = ({ what, id }: Missing) => ({ __typename: 'NotFound' as const, message: `There is no ${what} ${id}.`, kind: what, id });

/** A refusal that the SDL has a type for; any other error goes on. */
async function orConflict<T>(key: string | null | undefined, work: Promise<T>) {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ComptoirError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error;
    return { kind: 'conflict' as const, payload: { __typename: 'IdempotencyConflict' as const, message: error.message, key: key ?? '' } };
  }
}

export function createMutations({ database, provider }: { database: Database; provider: PaymentProvider }) {
  async function orderPayload<Refused extends 'OrderTransitionRefused' | 'RefundRefused'>(
    outcome: OrderOutcome,
    context: OrdersContext,
    refused: Refused,
  ) {
    if (outcome.kind === 'missing') return notFound(outcome);
    renew(context, database);
    // Also one that was deleted this moment: as it was.
    const order = await context.loaders.order.load(outcome.id);
    if (outcome.kind === 'refused') return { __typename: refused, message: outcome.reason, order };
    return { __typename: 'OrderChanged' as const, order };
  }
  const moved = (outcome: OrderOutcome, context: OrdersContext) => orderPayload(outcome, context, 'OrderTransitionRefused');

  async function cartPayload(outcome: CartOutcome, context: OrdersContext) {
    if (outcome.kind === 'missing') return notFound(outcome);
    renew(context, database);
    const cart = await context.loaders.cart.load(outcome.id);
    if (outcome.kind === 'changed') return { __typename: 'CartChanged' as const, cart };
    return { __typename: 'CartCheckedOut' as const, message: `Cart ${outcome.id} was checked out already.`, cart };
  }

  return {
    Mutation: {
      async createOrder(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createOrder(database, { input, idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        renew(context, database);
        return { __typename: 'OrderCreated' as const, order: await context.loaders.order.load(outcome.id) };
      },
      async cancelOrder(_, { id, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, cancelOrder(database, id, { idempotencyKey, caller: context.principal }));
        return outcome.kind === 'conflict' ? outcome.payload : moved(outcome, context);
      },
      async refundOrder(_, { id, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, refundOrder(database, id, { idempotencyKey, caller: context.principal }));
        return outcome.kind === 'conflict' ? outcome.payload : orderPayload(outcome, context, 'RefundRefused');
      },
      shipOrder: async (_, { id, trackingNumber }, context) =>
        moved(await shipOrder(database, id, trackingNumber, { caller: context.principal }), context),
      deliverOrder: async (_, { id }, context) => moved(await deliverOrder(database, id, { caller: context.principal }), context),
      deleteOrder: async (_, { id }, context) => moved(await deleteOrder(database, id, { caller: context.principal }), context),
      async createCart(_, { customerId, lines, idempotencyKey }, context) {
        const command = { customerId, lines, idempotencyKey, caller: context.principal };
        const outcome = await orConflict(idempotencyKey, createCart(database, command));
        return outcome.kind === 'conflict' ? outcome.payload : cartPayload(outcome, context);
      },
      async setCartLines(_, { id, lines, customerId, expectedVersion }, context) {
        const outcome = await setCartLines(database, { id, lines, customerId, expectedVersion, caller: context.principal });
        if (outcome.kind === 'stale') {
          return {
            __typename: 'StaleValue' as const,
            message: `The cart was changed meanwhile: its version is ${outcome.version} by now.`,
          };
        }
        return cartPayload(outcome, context);
      },
      async checkOutCart(_, { id, input, idempotencyKey }, context) {
        const command = { id, input, idempotencyKey, caller: context.principal, signal: context.signal };
        const outcome = await orConflict(idempotencyKey, checkOutCart({ database, provider }, command));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'incomplete') {
          renew(context, database);
          return { __typename: 'CartIncomplete' as const, message: outcome.message, cart: await context.loaders.cart.load(outcome.id) };
        }
        return cartPayload(outcome, context);
      },
    },
  } satisfies Resolvers<OrdersContext>;
}
