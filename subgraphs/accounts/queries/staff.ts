import type { EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { type Bind, findPage, type ListOrder } from '@comptoir/platform/list.ts';
import type { Principal, Role } from '@comptoir/platform/principal.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import { type RoleRow, readRoles } from '../store/roles.ts';
import { readStaffMembers, type StaffRow, staffColumns, toStaffRow } from '../store/staff.ts';
import { createLoader } from './loader.ts';

export const createStaffLoader = (em: EntityManager) =>
  createLoader<number, StaffRow>(async (ids) => new Map((await readStaffMembers(em, ids)).map((row) => [row.id, row])));

export type StaffLoader = ReturnType<typeof createStaffLoader>;

export const createRoleLoader = (em: EntityManager) =>
  createLoader<string, RoleRow>(async (ids) => new Map((await readRoles(em, ids)).map((row) => [row.id, row])));

export interface StaffFilter {
  readonly search?: string | null;
  readonly storeId?: string | null;
  readonly role?: Role | null;
  readonly active?: boolean | null;
}

const byName: ListOrder = {
  name: 'STAFF_NAME',
  columns: [
    { sql: 's.name_key', kind: 'text' },
    { sql: 's.id', kind: 'int' },
  ],
};
const maxSearchLength = 200;
const maxSearchWords = 8;

/** Staff by name, as far as who asks may see them: all, or as a manager of some places those who work there. */
export async function findStaff(
  em: EntityManager,
  { stores }: Principal,
  { search, storeId, role, active }: StaffFilter,
  page: PageRequest & { readonly counted: boolean },
): Promise<Page<StaffRow>> {
  const text = (search ?? '').trim();
  if (text.length > maxSearchLength || !isStorable(text)) {
    throw badUserInput([{ path: ['search'], message: `must have at most ${maxSearchLength} characters, none of them U+0000` }]);
  }
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const words = text === '' ? [] : text.split(/\s+/).slice(0, maxSearchWords);
  const conditions = words.map((word) => `s.search LIKE '%' || plain_text(${bind(word.replace(/[\\%_]/g, '\\$&'))}) || '%'`);
  if (stores !== null) conditions.push(`s.stores && ${bind(stores)}::text[]`);
  if (typeof storeId === 'string') conditions.push(`s.stores && ARRAY[${bind(isStorable(storeId) ? storeId : '')}::text]`);
  if (typeof active === 'boolean') conditions.push(`s.active = ${bind(active)}`);
  if (role) {
    conditions.push(
      `EXISTS (SELECT FROM staff_role sr JOIN role_definition rd ON rd.id = sr.role_id WHERE sr.staff_id = s.id AND ${bind(role)} = ANY(rd.grants))`,
    );
  }
  const from = `staff s WHERE ${['true', ...conditions].join(' AND ')}`;
  return findPage(em, { columns: staffColumns, from, parameters, order: byName, toNode: toStaffRow }, page);
}
