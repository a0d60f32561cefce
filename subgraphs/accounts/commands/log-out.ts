import { recordAudit } from '@comptoir/platform/audit.ts';
import { consumerIdOfStaff } from '../domain/staff-id.ts';
import { endSession, lockSessionOf } from '../store/sessions.ts';
import { readStaffMembers } from '../store/staff.ts';
import type { SignInDeps } from './sign-in.ts';

/** Ends the session of a refresh token, be it the newest or not. False where none was open. */
export async function logOut(
  { database, refreshTokens }: Pick<SignInDeps, 'database' | 'refreshTokens'>,
  refreshToken: string,
): Promise<boolean> {
  return database.transaction(async (em) => {
    const session = await lockSessionOf(em, refreshToken, refreshTokens.successor(refreshToken));
    if (!session?.open) return false;
    await endSession(em, session.sessionId, 'LOGOUT');
    const [staff] = await readStaffMembers(em, [session.staffId]);
    if (staff) {
      await recordAudit(em, {
        actor: { consumerId: consumerIdOfStaff(staff.id), name: staff.name },
        action: 'session.ended',
        entityType: 'staff',
        entityId: staff.id,
        entityName: staff.name,
        storeIds: session.tillStoreId === null ? staff.stores : [session.tillStoreId],
        summary: `${staff.login} signed out`,
      });
    }
    return true;
  });
}
