import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { RoleValues } from '../domain/read-role.ts';

export interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly grants: readonly Role[];
  readonly fixed: boolean;
  readonly version: number;
}

const columns = 'id, name, description, grants, fixed, version';

export const readRoles = (em: EntityManager, ids: readonly string[]): Promise<RoleRow[]> =>
  query<RoleRow>(em, `SELECT ${columns} FROM role_definition WHERE id = ANY($1::text[])`, [ids]);

/** First the seven, then the others by name. */
export const listRoles = (em: EntityManager, limit: number): Promise<RoleRow[]> =>
  query<RoleRow>(em, `SELECT ${columns} FROM role_definition ORDER BY fixed DESC, lower(name) LIMIT $1`, [limit]);

/** Those of these roles that there are; none of them can go or change until the transaction ends. */
export const holdRoles = (em: EntityManager, ids: readonly string[]): Promise<RoleRow[]> =>
  query<RoleRow>(em, `SELECT ${columns} FROM role_definition WHERE id = ANY($1::text[]) ORDER BY id FOR SHARE`, [ids]);

export async function lockRole(em: EntityManager, id: string): Promise<RoleRow | null> {
  const [row] = await query<RoleRow>(em, `SELECT ${columns} FROM role_definition WHERE id = $1 FOR UPDATE`, [id]);
  return row ?? null;
}

/** Unique whatever its case. */
export const roleNameConstraint = 'role_definition_name';

export async function insertRole(em: EntityManager, { name, description, grants }: RoleValues): Promise<string> {
  const [row] = await query<{ id: string }>(
    em,
    'INSERT INTO role_definition (name, description, grants) VALUES ($1, $2, $3) RETURNING id',
    [name, description ?? '', grants],
  );
  return row?.id as string;
}

/** Changes a locked role and counts its version up. */
export async function updateRole(em: EntityManager, id: string, values: RoleValues): Promise<void> {
  const assignments = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
  await query(em, `UPDATE role_definition SET ${[...assignments, 'version = version + 1'].join(', ')} WHERE id = $1`, [
    id,
    ...Object.values(values),
  ]);
}

export async function isGiven(em: EntityManager, id: string): Promise<boolean> {
  const [row] = await query<{ given: boolean }>(em, 'SELECT EXISTS (SELECT FROM staff_role WHERE role_id = $1) AS given', [id]);
  return row?.given ?? false;
}

export async function deleteRole(em: EntityManager, id: string): Promise<void> {
  await query(em, 'DELETE FROM role_definition WHERE id = $1', [id]);
}
