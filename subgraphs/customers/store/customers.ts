import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { CustomerColumns } from '../domain/customer.ts';

/** What events tell of a customer. */
export interface CustomerState {
  readonly id: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly active: boolean;
  readonly version: number;
}

interface StoredCustomer {
  id: number;
  last_name: string;
  first_name: string;
  email: string;
  phone: string | null;
  active: boolean;
  version: number;
}

const columns = 'id, last_name, first_name, email, phone, active, version';

const toState = ({ last_name, first_name, ...row }: StoredCustomer): CustomerState => ({
  ...row,
  lastName: last_name,
  firstName: first_name,
});

/** Unique whatever its case. */
export const emailConstraint = 'customer_email';

export async function lockCustomer(em: EntityManager, id: number): Promise<CustomerState | null> {
  const [row] = await query<StoredCustomer>(em, `SELECT ${columns} FROM customer WHERE id = $1 FOR UPDATE`, [id]);
  return row ? toState(row) : null;
}

/** Rejects where the e-mail address is taken (customer_email). The names of columns are ours, never a caller's. */
export async function insertCustomer(em: EntityManager, values: CustomerColumns): Promise<CustomerState> {
  const names = Object.keys(values);
  const [row] = await query<StoredCustomer>(
    em,
    `INSERT INTO customer (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING ${columns}`,
    Object.values(values),
  );
  return toState(row as StoredCustomer);
}

/** Changes a locked customer and counts its version up. */
export async function updateCustomer(em: EntityManager, id: number, values: CustomerColumns): Promise<CustomerState> {
  const assignments = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
  const [row] = await query<StoredCustomer>(
    em,
    `UPDATE customer SET ${[...assignments, 'version = version + 1', 'updated_at = clock_timestamp()'].join(', ')} WHERE id = $1 RETURNING ${columns}`,
    [id, ...Object.values(values)],
  );
  return toState(row as StoredCustomer);
}

export async function deleteCustomer(em: EntityManager, id: number): Promise<void> {
  await query(em, 'DELETE FROM customer WHERE id = $1', [id]);
}
