import type { EntityManager } from '@comptoir/platform/database.ts';
import { PlaceEntity, type PlaceRow, SupplierEntity, type SupplierRow } from '../entities/entities.ts';

const most = 1_000;

/** Those in use, by name; the thousand first where there are more. */
export async function findSuppliers(em: EntityManager): Promise<SupplierRow[]> {
  return (await em.find(
    SupplierEntity,
    { active: true },
    { orderBy: { name: 'asc' }, limit: most, disableIdentityMap: true },
  )) as SupplierRow[];
}

/** By id; the thousand first where there are more. */
export async function findPlaces(em: EntityManager): Promise<PlaceRow[]> {
  return (await em.find(PlaceEntity, {}, { orderBy: { id: 'asc' }, limit: most, disableIdentityMap: true })) as PlaceRow[];
}
