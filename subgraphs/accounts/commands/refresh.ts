import { recordAudit } from '@comptoir/platform/audit.ts';
import { recordBusiness } from '@comptoir/platform/business-log.ts';
import { sessionRights } from '../domain/session-rights.ts';
import { consumerIdOfStaff } from '../domain/staff-id.ts';
import { endSession, lockSessionOf, rotate } from '../store/sessions.ts';
import { readStaffMembers } from '../store/staff.ts';
import { type SessionGrant, type SignedIn, type SignInDeps, sign } from './sign-in.ts';

/** Of 32 bytes in base64url; anything else was not given by us. */
const tokenForm = /^[\w-]{43}$/;

/**
 * The next pair of tokens of a session, with the rights its person has now; null where the session has ended. A token that was used before ends it: one of two
 * who hold it is a thief. Only a repetition right after, while the next token is unused, is taken for one whose answer was lost: it gets that token again.
 */
export async function refresh(deps: SignInDeps, refreshToken: string): Promise<SignedIn | null> {
  if (!tokenForm.test(refreshToken)) return null;
  const next = deps.refreshTokens.successor(refreshToken);
  const grant = await deps.database.transaction(async (em): Promise<SessionGrant | null> => {
    const session = await lockSessionOf(em, refreshToken, next);
    if (!session?.open) return null;
    const { sessionId, staffId, tillStoreId, use } = session;
    const [staff] = await readStaffMembers(em, [staffId]);
    const rights = staff?.active ? sessionRights(staff, tillStoreId) : null;
    if (!staff || !rights) {
      await endSession(em, sessionId, 'NO_RIGHTS');
      return null;
    }
    const actor = { consumerId: consumerIdOfStaff(staff.id), name: staff.name };
    if (use === 'late') {
      await endSession(em, sessionId, 'REUSE');
      await recordAudit(em, {
        actor,
        action: 'session.token_reused',
        entityType: 'staff',
        entityId: staff.id,
        entityName: staff.name,
        storeIds: staff.stores,
        summary: `A used refresh token of ${staff.login} came again: the session was ended`,
      });
      return null;
    }
    const refreshExpiresAt = use === 'first' ? await rotate(em, session, { used: refreshToken, next }) : session.refreshExpiresAt;
    recordBusiness(em, { actor, operation: 'session.refreshed', entityType: 'staff', entityId: staff.id });
    return { staff, rights, sessionId, refreshToken: next, refreshExpiresAt };
  });
  return grant && sign(deps, grant);
}
