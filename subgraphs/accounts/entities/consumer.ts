import type { Role } from '@comptoir/platform/principal.ts';
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** For reading; the table is made by migrations/. */
export const ConsumerEntity = defineEntity({
  name: 'Consumer',
  tableName: 'consumer',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    roles: p.array<Role>(),
    perMinute: p.integer(),
    perHour: p.integer(),
    demo: p.boolean(),
    createdAt: p.datetime(),
  },
});

export type ConsumerRow = InferEntity<typeof ConsumerEntity>;
