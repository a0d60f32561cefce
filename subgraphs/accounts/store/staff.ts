import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Role } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { sortedRoles } from '../domain/read-role.ts';
import type { StaffValues } from '../domain/read-staff.ts';
import { ms, type WithNumbers } from './moments.ts';

/** A member of staff as the graph shows it. */
export interface StaffRow {
  readonly id: number;
  readonly name: string;
  readonly login: string;
  readonly email: string | null;
  readonly badge: string | null;
  /** By all that was given. */
  readonly roles: readonly Role[];
  readonly roleIds: readonly string[];
  readonly stores: readonly string[];
  readonly active: boolean;
  readonly hasPin: boolean;
  readonly demo: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type StoredStaff = WithNumbers<StaffRow>;

const rolesOf = (staff: string) =>
  `ARRAY(SELECT DISTINCT granted FROM staff_role sr JOIN role_definition rd ON rd.id = sr.role_id, unnest(rd.grants) AS granted WHERE sr.staff_id = ${staff}.id)`;

export const staffColumns = `s.id, s.name, s.login, s.email, s.badge, ${rolesOf('s')} AS roles,
  ARRAY(SELECT sr.role_id FROM staff_role sr WHERE sr.staff_id = s.id ORDER BY sr.role_id) AS "roleIds", s.stores, s.active,
  s.pin_hash IS NOT NULL AS "hasPin", s.demo, s.version, ${ms('s.created_at')} AS "createdAt", ${ms('s.updated_at')} AS "updatedAt"`;

export const toStaffRow = ({ createdAt, updatedAt, roles, ...row }: StoredStaff): StaffRow => ({
  ...row,
  roles: sortedRoles(roles),
  createdAt: new Date(createdAt),
  updatedAt: new Date(updatedAt),
});

export async function readStaffMembers(em: EntityManager, ids: readonly number[]): Promise<StaffRow[]> {
  return (await query<StoredStaff>(em, `SELECT ${staffColumns} FROM staff s WHERE s.id = ANY($1::int[])`, [ids])).map(toStaffRow);
}

export async function lockStaff(em: EntityManager, id: number): Promise<StaffRow | null> {
  const [row] = await query<StoredStaff>(em, `SELECT ${staffColumns} FROM staff s WHERE s.id = $1 FOR UPDATE`, [id]);
  return row ? toStaffRow(row) : null;
}

/** Unique: the login whatever its case. */
export const staffConstraints: Readonly<Record<string, string>> = { staff_login: 'login', staff_badge: 'badge' };

type NewStaff = Required<StaffValues> & { readonly passwordHash: string; readonly pinHash: string | null; readonly demo?: boolean };

/** Rejects where login or badge are taken (staffConstraints). */
export async function insertStaff(em: EntityManager, staff: NewStaff): Promise<number> {
  const { name, login, email, badge, stores, passwordHash, pinHash, demo = false, roleIds } = staff;
  const [row] = await query<{ id: number }>(
    em,
    'INSERT INTO staff (name, login, email, badge, stores, password_hash, pin_hash, demo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id',
    [name, login, email, badge, stores, passwordHash, pinHash, demo],
  );
  const id = row?.id as number;
  await giveRoles(em, id, roleIds);
  return id;
}

const columnOf = { name: 'name', login: 'login', email: 'email', badge: 'badge', stores: 'stores' } as const;

/** Changes a locked member of staff and counts the version up. */
export async function updateStaff(em: EntityManager, id: number, { roleIds, ...values }: StaffValues): Promise<void> {
  const said = Object.entries(values) as [keyof typeof columnOf, unknown][];
  const assignments = said.map(([field], index) => `${columnOf[field]} = $${index + 2}`);
  await query(em, `UPDATE staff SET ${[...assignments, touched].join(', ')} WHERE id = $1`, [id, ...said.map(([, value]) => value)]);
  if (!roleIds) return;
  await query(em, 'DELETE FROM staff_role WHERE staff_id = $1', [id]);
  await giveRoles(em, id, roleIds);
}

const touched = 'version = version + 1, updated_at = clock_timestamp()';

async function giveRoles(em: EntityManager, id: number, roleIds: readonly string[]): Promise<void> {
  await query(em, 'INSERT INTO staff_role (staff_id, role_id) SELECT $1, unnest($2::text[])', [id, roleIds]);
}

export async function setActive(em: EntityManager, id: number, active: boolean): Promise<void> {
  await query(em, `UPDATE staff SET active = $2, ${touched} WHERE id = $1`, [id, active]);
}

export async function setSecret(em: EntityManager, id: number, what: 'password_hash' | 'pin_hash', hash: string | null): Promise<void> {
  await query(em, `UPDATE staff SET ${what} = $2, ${touched} WHERE id = $1`, [id, hash]);
}

export interface Account {
  readonly id: number;
  readonly active: boolean;
  readonly passwordHash: string;
  readonly pinHash: string | null;
}

/** Who signs in by this login, or, at a till, with the badge of this number. */
export async function findAccount(em: EntityManager, login: string, { byBadge }: { byBadge: boolean }): Promise<Account | null> {
  const [row] = await query<Account>(
    em,
    `SELECT id, active, password_hash AS "passwordHash", pin_hash AS "pinHash" FROM staff WHERE lower(login) = lower($1) OR ($2 AND badge = $1)`,
    [login, byBadge],
  );
  return row ?? null;
}

/** The secrets of a locked member of staff. */
export async function readAccount(em: EntityManager, id: number): Promise<Account | null> {
  const [row] = await query<Account>(
    em,
    'SELECT id, active, password_hash AS "passwordHash", pin_hash AS "pinHash" FROM staff WHERE id = $1',
    [id],
  );
  return row ?? null;
}

/** Whether somebody who may sign in may do everything. */
export async function hasAdministrator(em: EntityManager): Promise<boolean> {
  const [row] = await query<{ found: boolean }>(
    em,
    `SELECT EXISTS (SELECT FROM staff s JOIN staff_role sr ON sr.staff_id = s.id JOIN role_definition rd ON rd.id = sr.role_id
       WHERE s.active AND 'ADMIN' = ANY(rd.grants)) AS found`,
  );
  return row?.found ?? false;
}
