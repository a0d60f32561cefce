/** Where a thing that an entry tells of is shown; null where it has no screen. */
export function entityAddress(entityType: string, entityId: string): string | null {
  const id = encodeURIComponent(entityId);
  if (entityType === 'staff') return `/app/comptes/personnel/${id}`;
  if (entityType === 'role') return `/app/comptes/roles/${id}`;
  if (entityType === 'consumer') return `/app/comptes/cles/${id}`;
  if (entityType === 'product') return `/app/catalogue/${id}`;
  if (entityType === 'order') return `/app/commandes/${id}`;
  return entityType === 'saga' ? `/app/sagas/${id}` : null;
}
