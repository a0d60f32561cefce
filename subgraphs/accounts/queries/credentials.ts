import type { EntityManager } from '@comptoir/platform/database.ts';
import { sessionRights } from '../domain/session-rights.ts';
import { consumerIdOfKey, isUuid } from '../store/api-keys.ts';
import type { ConsumerRow } from '../store/consumers.ts';
import { readOpenSession } from '../store/sessions.ts';
import { type ConsumerLoader, consumerOfStaff } from './consumers.ts';
import type { StaffLoader } from './staff.ts';

const maxKeyLength = 1_000;

/** Whose key it is; null where it is unknown, revoked or expired. */
export async function consumerByApiKey(em: EntityManager, consumers: ConsumerLoader, key: string): Promise<ConsumerRow | null> {
  if (key.length > maxKeyLength) return null;
  const id = await consumerIdOfKey(em, key);
  return id === null ? null : consumers.load(id);
}

/** Who has a session open, with the rights that it gives now; null where it has ended, and where it gives none any more. */
export async function consumerBySession(em: EntityManager, staff: StaffLoader, sessionId: string): Promise<ConsumerRow | null> {
  const session = isUuid(sessionId) ? await readOpenSession(em, sessionId) : null;
  const person = session && (await staff.load(session.staffId));
  if (!session || !person?.active) return null;
  const rights = sessionRights(person, session.tillStoreId);
  return rights && { ...consumerOfStaff(person), ...rights };
}
