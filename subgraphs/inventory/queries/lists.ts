import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { PlaceRow, SupplierRow } from '../entities/entities.ts';
import { placeColumns, supplierColumns } from './rows.ts';

const most = 1_000;

/** Those in use, by name; the thousand first where there are more. */
export function findSuppliers(em: EntityManager): Promise<SupplierRow[]> {
  return query(em, frequent(`SELECT ${supplierColumns} FROM supplier WHERE active ORDER BY name LIMIT $1`), [most]);
}

/** By id; the thousand first where there are more. */
export function findPlaces(em: EntityManager): Promise<PlaceRow[]> {
  return query(em, frequent(`SELECT ${placeColumns} FROM place ORDER BY id LIMIT $1`), [most]);
}
