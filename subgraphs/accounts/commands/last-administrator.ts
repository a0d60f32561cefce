import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { hasAdministrator } from '../store/staff.ts';

/** Nobody who may sign in would be left to administer the system. */
export class LastAdministrator extends Error {
  override readonly name = 'LastAdministrator';
}

/** Of an advisory lock: two administrators who disable each other at once do it one after the other. */
const administratorsLock = 0x636f6d31;

/** Does work that may take rights away; throws LastAdministrator, which undoes the transaction, where no administrator is left and one was there. */
export async function keepAdministrator<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  await query(em, 'SELECT pg_advisory_xact_lock($1)', [administratorsLock]);
  const before = await hasAdministrator(em);
  const done = await work();
  if (before && !(await hasAdministrator(em))) throw new LastAdministrator();
  return done;
}
