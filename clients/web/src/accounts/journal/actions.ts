/** What is done to each kind of thing, by the names of the audit log; a name that ends with a dot stands for all that begin so. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  staff: [
    'session.',
    'session.started',
    'session.ended',
    'session.refused',
    'session.locked',
    'session.token_reused',
    'staff.created',
    'staff.updated',
    'staff.disabled',
    'staff.enabled',
    'staff.password_reset',
    'staff.password_changed',
    'staff.pin_reset',
    'staff.pin_changed',
    'staff.pin_removed',
  ],
  role: ['role.created', 'role.updated', 'role.deleted'],
  consumer: ['consumer.created', 'consumer.updated'],
  api_key: ['api_key.issued', 'api_key.revoked'],
  product: ['product.created', 'product.updated', 'product.archived', 'stock.counted', 'stock.adjusted'],
  category: ['category.created', 'category.updated', 'category.archived'],
  supplier: ['supplier.created', 'supplier.updated', 'supplier.archived'],
  order: ['order.created', 'order.shipped', 'order.delivered', 'order.cancelled', 'order.refunded', 'order.deleted'],
  cart: ['cart.checked_out'],
  saga: ['saga.started', 'saga.retried', 'saga.cancelled', 'saga.paused', 'saga.resumed'],
  customer: ['customer.created', 'customer.updated', 'customer.deleted'],
  batch: ['batch.cancelled'],
  stats: ['stats.cleared'],
  dead_letter: ['dead_letter.replayed', 'dead_letter.purged'],
};

/** The actions to choose from, for one kind of thing or for all; `chosen` is among them even where it is not known. */
export function actionGroups(kind: string, chosen: string): readonly { readonly kind: string; readonly actions: readonly string[] }[] {
  const groups = Object.entries(actionsOf)
    .filter(([each]) => kind === '' || kind === each)
    .map(([each, actions]) => ({ kind: each, actions }));
  const known = chosen === '' || groups.some(({ actions }) => actions.includes(chosen));
  return known ? groups : [...groups, { kind: kind === '' ? (chosen.split('.')[0] ?? chosen) : kind, actions: [chosen] }];
}
