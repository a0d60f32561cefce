import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import { archiveCategory } from '../commands/archive-category.ts';
import { archiveProduct } from '../commands/archive-product.ts';
import { archiveSupplier } from '../commands/archive-supplier.ts';
import type { Missing, Taken } from '../commands/caller.ts';
import { adjustStock, type ChangeStockOutcome, countStock } from '../commands/change-stock.ts';
import { createCategory } from '../commands/create-category.ts';
import { createProduct } from '../commands/create-product.ts';
import { createSupplier } from '../commands/create-supplier.ts';
import { updateCategory } from '../commands/update-category.ts';
import { updateProduct } from '../commands/update-product.ts';
import { updateSupplier } from '../commands/update-supplier.ts';
import { type InventoryContext, renew } from '../context.ts';
import type { CategoryRow, SupplierRow } from '../entities/entities.ts';

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
  async function readCategory({ id }: { id: number }, context: InventoryContext) {
    renew(context);
    return (await context.loaders.categories()).byId.get(id) as CategoryRow;
  }
  async function readSupplier({ id }: { id: number }, context: InventoryContext) {
    renew(context);
    return (await context.loaders.supplier.load(id)) as SupplierRow;
  }

  return {
    Mutation: {
      async createProduct(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createProduct(database, { input, idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        renew(context);
        return { __typename: 'ProductCreated' as const, product: { id: outcome.id } };
      },
      async updateProduct(_, { id, input, idempotencyKey }, context) {
        const command = { id, input, idempotencyKey, caller: context.principal };
        const outcome = await orConflict(idempotencyKey, updateProduct(database, command));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        if (outcome.kind === 'stale') {
          return {
            __typename: 'StaleValue' as const,
            message: `The product was changed meanwhile: its version is ${outcome.version} by now.`,
          };
        }
        renew(context);
        if (outcome.kind === 'out-of-sale') {
          const message = 'The product was archived: only its stock can still be changed.';
          return { __typename: 'ProductOutOfSale' as const, message, product: { id: outcome.id } };
        }
        return { __typename: 'ProductUpdated' as const, product: { id: outcome.id } };
      },
      async archiveProduct(_, { id }, context) {
        const outcome = await archiveProduct(database, id, context.principal);
        if (outcome.kind === 'missing') return notFound(outcome);
        renew(context);
        return { __typename: 'ProductArchived' as const, product: { id: outcome.id }, changed: outcome.kind === 'archived' };
      },
      async createCategory(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createCategory(database, input, { idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        return { __typename: 'CategoryCreated' as const, category: await readCategory(outcome, context) };
      },
      async updateCategory(_, { id, input }, context) {
        const outcome = await updateCategory(database, id, input, context.principal);
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        return { __typename: 'CategoryUpdated' as const, category: await readCategory(outcome, context) };
      },
      async archiveCategory(_, { id }, context) {
        const outcome = await archiveCategory(database, id, context.principal);
        if (outcome.kind === 'missing') return notFound(outcome);
        const category = await readCategory(outcome, context);
        if (outcome.kind === 'archived') return { __typename: 'CategoryArchived' as const, category };
        const message = 'There are categories, or products that are sold, in the category.';
        return { __typename: 'CategoryInUse' as const, message, category };
      },
      async createSupplier(_, { input, idempotencyKey }, context) {
        const outcome = await orConflict(idempotencyKey, createSupplier(database, { input, idempotencyKey, caller: context.principal }));
        if (outcome.kind === 'conflict') return outcome.payload;
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        return { __typename: 'SupplierCreated' as const, supplier: await readSupplier(outcome, context) };
      },
      async updateSupplier(_, { id, input }, context) {
        const outcome = await updateSupplier(database, id, input, context.principal);
        if (outcome.kind === 'missing') return notFound(outcome);
        if (outcome.kind === 'taken') return alreadyTaken(outcome);
        return { __typename: 'SupplierUpdated' as const, supplier: await readSupplier(outcome, context) };
      },
      async archiveSupplier(_, { id }, context) {
        const outcome = await archiveSupplier(database, id, context.principal);
        if (outcome.kind === 'missing') return notFound(outcome);
        return { __typename: 'SupplierArchived' as const, supplier: await readSupplier(outcome, context) };
      },
      async countStock(_, { idempotencyKey, ...count }, context) {
        const outcome = await orConflict(idempotencyKey, countStock(database, { ...count, idempotencyKey }, context.principal));
        if (outcome.kind === 'conflict') return outcome.payload;
        renew(context);
        return stockPayload(outcome, context);
      },
      async adjustStock(_, { idempotencyKey, ...change }, context) {
        const outcome = await orConflict(idempotencyKey, adjustStock(database, { ...change, idempotencyKey }, context.principal));
        if (outcome.kind === 'conflict') return outcome.payload;
        renew(context);
        return stockPayload(outcome, context);
      },
    },
  } satisfies Resolvers<InventoryContext>;
}
