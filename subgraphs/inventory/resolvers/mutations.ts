import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import { archiveProduct } from '../commands/archive-product.ts';
import type { Missing, Taken } from '../commands/caller.ts';
import { adjustStock, type ChangeStockOutcome, countStock } from '../commands/change-stock.ts';
import { createCategory } from '../commands/create-category.ts';
import { createProduct } from '../commands/create-product.ts';
import { updateProduct } from '../commands/update-product.ts';
import { type InventoryContext, renew } from '../context.ts';

const notFound = ({ what, id }: Missing) => ({ __typename: 'NotFound' as const, message: `There is no ${what} ${id}.`, kind: what, id });
const alreadyTaken = ({ field }: Taken) => ({
  __typename: 'AlreadyTaken' as const,
  message: `This ${field} belongs to something else already.`,
  field,
});

/** A refusal that the SDL has a type for; any other error goes on. */
async function orConflict<T>(key: string | null | undefined, work: Promise<T>) {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ComptoirError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error;
    return { kind: 'conflict' as const, payload: { __typename: 'IdempotencyConflict' as const, message: error.message, key: key ?? '' } };
  }
}

async function stockPayload(outcome: ChangeStockOutcome, { loaders }: InventoryContext) {
  if (outcome.kind === 'missing') return notFound(outcome);
  if (outcome.kind === 'insufficient') {
    const { productId, requested, available } = outcome;
    return {
      __typename: 'InsufficientStock' as const,
      message: `${requested} needed, ${available} there.`,
      product: { id: productId },
      requested,
      available,
    };
  }
  const level = (await loaders.levels.load(outcome.productId)).find(({ placeId }) => placeId === outcome.placeId);
  if (outcome.kind === 'changed') return { __typename: 'StockChanged' as const, level };
  return { __typename: 'StaleStock' as const, message: `There are ${level?.onHand} on hand by now: count anew.`, level };
}

export function createMutations({ database }: { database: Database }) {
  return {
    Mutation: {
      async createProduct(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createProduct(database, { input, idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        renew(context, database);
        return { __typename: 'ProductCreated' as const, product: { id: outcome.id } };
      },
      async updateProduct(_, { id, input }, context) {
        const outcome = await updateProduct(database, { id, input, caller: context.principal });
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        if (outcome.kind === 'stale') {
          return {
            __typename: 'StaleValue' as const,
            message: `The product was changed meanwhile: its version is ${outcome.version} by now.`,
          };
        }
        renew(context, database);
        return { __typename: 'ProductUpdated' as const, product: { id: outcome.id } };
      },
      async archiveProduct(_, { id }, context) {
        const outcome = await archiveProduct(database, id);
        if (outcome.kind === 'missing') return notFound(outcome);
        renew(context, database);
        return { __typename: 'ProductArchived' as const, product: { id: outcome.id } };
      },
      async createCategory(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createCategory(database, input, { idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        renew(context, database);
        const { byId } = await context.loaders.categories();
        return { __typename: 'CategoryCreated' as const, category: byId.get(outcome.id) };
      },
      async countStock(_, { idempotencyKey, ...count }, context) {
        const outcome = await orConflict(idempotencyKey, countStock(database, { ...count, idempotencyKey }, context.principal));
        if (outcome.kind === 'conflict') return outcome.payload;
        renew(context, database);
        return stockPayload(outcome, context);
      },
      async adjustStock(_, { idempotencyKey, ...change }, context) {
        const outcome = await orConflict(idempotencyKey, adjustStock(database, { ...change, idempotencyKey }, context.principal));
        if (outcome.kind === 'conflict') return outcome.payload;
        renew(context, database);
        return stockPayload(outcome, context);
      },
    },
  } satisfies Resolvers<InventoryContext>;
}
