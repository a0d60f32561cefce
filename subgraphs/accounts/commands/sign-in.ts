import type { AccessTokens } from '@comptoir/platform/access-token.ts';
import { recordAudit } from '@comptoir/platform/audit.ts';
import type { EntityManager } from '@comptoir/platform/database.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Method } from '../domain/lock-out.ts';
import { type Rights, sessionRights } from '../domain/session-rights.ts';
import { consumerIdOfStaff } from '../domain/staff-id.ts';
import { staffLimits } from '../domain/tiers.ts';
import type { RefreshTokens } from '../security/refresh-tokens.ts';
import { forgetAttempts } from '../store/attempts.ts';
import { openSession, purgeSessions } from '../store/sessions.ts';
import type { StaffRow } from '../store/staff.ts';
import { type CheckDeps, checkSecret } from './check-secret.ts';

export interface SignInDeps extends CheckDeps {
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
}

export interface SignedIn {
  readonly kind: 'signedIn';
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
  readonly staff: StaffRow;
  readonly rights: Rights;
}

export interface SignInRefused {
  readonly kind: 'refused';
  /** Null where the next attempt may come at once. */
  readonly retryAfterSeconds: number | null;
}

/** What of a session is signed. */
export interface SessionGrant {
  readonly staff: StaffRow;
  readonly rights: Rights;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

const nobody = { consumerId: 'nobody', name: 'nobody' };

/** Signs somebody in by password, or by PIN at the till of a place. What is refused says nothing of the cause. */
export async function signIn(
  deps: SignInDeps,
  { login, secret, method, storeId = null }: { login: string; secret: string; method: Method; storeId?: string | null },
): Promise<SignedIn | SignInRefused> {
  const till = storeId === null || parseId(storeId) !== null;
  const outcome = await checkSecret<SessionGrant | SignInRefused>(
    deps,
    { login, method, secret },
    {
      right: (em, staff, attempts) => (till ? begin(em, deps, staff, { method, tillStoreId: storeId, attempts }) : Promise.resolve(null)),
      async wrong(em, staff, lockSeconds) {
        const locked = lockSeconds > 0;
        const whose = staff ? `of ${staff.login}` : 'of nobody known here';
        await recordAudit(em, {
          actor: nobody,
          action: locked ? 'session.locked' : 'session.refused',
          entityType: 'staff',
          entityId: staff?.id ?? 'unknown',
          entityName: staff?.name,
          storeIds: staff?.stores,
          summary: `Sign-in ${whose} by ${method} refused${locked ? `, locked for ${lockSeconds} s` : ''}`,
          changes: [{ field: 'method', after: method }, ...(locked ? [{ field: 'locked_seconds', after: lockSeconds }] : [])],
        });
        return { kind: 'refused', retryAfterSeconds: locked ? lockSeconds : null };
      },
      locked: (retryAfterSeconds) => ({ kind: 'refused', retryAfterSeconds }),
    },
  );
  return 'kind' in outcome ? outcome : sign(deps, outcome);
}

/** Opens a session in the caller's transaction; null where it would give no right. */
export async function begin(
  em: EntityManager,
  { refreshTokens }: Pick<SignInDeps, 'refreshTokens'>,
  staff: StaffRow,
  { method, tillStoreId, attempts }: { method: Method; tillStoreId: string | null; attempts: string },
): Promise<SessionGrant | null> {
  const rights = sessionRights(staff, tillStoreId);
  if (!rights) return null;
  await forgetAttempts(em, [attempts]);
  await purgeSessions(em);
  const refreshToken = refreshTokens.first();
  const { id, refreshExpiresAt } = await openSession(em, { staffId: staff.id, tillStoreId, refreshToken });
  await recordAudit(em, {
    actor: { consumerId: consumerIdOfStaff(staff.id), name: staff.name },
    action: 'session.started',
    entityType: 'staff',
    entityId: staff.id,
    entityName: staff.name,
    storeIds: tillStoreId === null ? staff.stores : [tillStoreId],
    summary: `${staff.login} signed in by ${method}${tillStoreId === null ? '' : ` at place ${tillStoreId}`}`,
    changes: [{ field: 'method', after: method }],
  });
  return { staff, rights, sessionId: id, refreshToken, refreshExpiresAt };
}

/** The tokens of a session, once it is committed. */
export async function sign({ accessTokens }: Pick<SignInDeps, 'accessTokens'>, grant: SessionGrant): Promise<SignedIn> {
  const { staff, rights, sessionId, refreshToken, refreshExpiresAt } = grant;
  const claims = { consumerId: consumerIdOfStaff(staff.id), sessionId, name: staff.name, ...rights, limits: staffLimits };
  const { token, expiresAt } = await accessTokens.sign(claims);
  return { kind: 'signedIn', accessToken: token, accessExpiresAt: new Date(expiresAt), refreshToken, refreshExpiresAt, staff, rights };
}
