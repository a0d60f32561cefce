import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { movementKinds } from '../domain/stock.ts';

/** Entities are for reading; commands write with statements of their own. The tables are made by migrations/. */
export const ProductEntity = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    id: p.integer().primary(),
    sku: p.text(),
    barcode: p.text().nullable(),
    name: p.text(),
    description: p.text().nullable(),
    priceMinor: p.bigint('string'),
    costMinor: p.bigint('string').nullable(),
    currency: p.text(),
    taxPpm: p.integer(),
    categoryId: p.integer().nullable(),
    supplierId: p.integer().nullable(),
    alertThreshold: p.integer(),
    active: p.boolean(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type ProductRow = InferEntity<typeof ProductEntity>;

export const CategoryEntity = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: { id: p.integer().primary(), name: p.text(), parentId: p.integer().nullable(), active: p.boolean() },
});
export type CategoryRow = InferEntity<typeof CategoryEntity>;

export const SupplierEntity = defineEntity({
  name: 'Supplier',
  tableName: 'supplier',
  properties: { id: p.integer().primary(), name: p.text(), email: p.text().nullable(), leadTimeDays: p.integer(), active: p.boolean() },
});
export type SupplierRow = InferEntity<typeof SupplierEntity>;

export const placeKinds = ['STORE', 'WAREHOUSE'] as const;
export const PlaceEntity = defineEntity({
  name: 'Place',
  tableName: 'place',
  properties: { id: p.integer().primary(), name: p.text(), kind: p.enum(placeKinds), town: p.text() },
});
export type PlaceRow = InferEntity<typeof PlaceEntity>;

export const StockLevelEntity = defineEntity({
  name: 'StockLevel',
  tableName: 'stock_level',
  properties: {
    productId: p.integer().primary(),
    placeId: p.integer().primary(),
    onHand: p.integer(),
    allocated: p.integer(),
    threshold: p.integer(),
    version: p.integer(),
    updatedAt: p.datetime(),
  },
});
export type StockLevelRow = InferEntity<typeof StockLevelEntity>;

export const StockMovementEntity = defineEntity({
  name: 'StockMovement',
  tableName: 'stock_movement',
  properties: {
    id: p.bigint('string').primary(),
    productId: p.integer(),
    placeId: p.integer(),
    kind: p.enum(movementKinds),
    onHandChange: p.integer(),
    allocatedChange: p.integer(),
    reference: p.text().nullable(),
    actor: p.text().nullable(),
    reason: p.text().nullable(),
    at: p.datetime(),
  },
});
export type StockMovementRow = InferEntity<typeof StockMovementEntity>;

export const entities = [ProductEntity, CategoryEntity, SupplierEntity, PlaceEntity, StockLevelEntity, StockMovementEntity];
