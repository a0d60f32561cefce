import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** For reading; the table is made by migrations/. */
export const CustomerEntity = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    id: p.integer().primary(),
    lastName: p.text(),
    firstName: p.text(),
    email: p.text(),
    phone: p.text().nullable(),
    active: p.boolean(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export type CustomerRow = InferEntity<typeof CustomerEntity>;
