import type { Credential } from '../credential.ts';
import { GatewayError } from '../failure.ts';
import { type CallerFragment, LoginDocument, LogoutDocument, RefreshDocument, type TokensFragment } from '../generated/operations.ts';
import { requestGraph } from '../graph-request.ts';
import type { SessionFile, StoredSession } from './session-file.ts';

/** So long before its end an access token is not shown any more. */
const aheadMs = 60_000;
/** One that was just taken is good for so long whatever this machine's clock says: they last ten minutes. */
const surelyGoodMs = 5 * 60_000;

const graphOf = (url: URL) => new URL('/graphql', url);

/** Signs in and keeps the tokens; a sign-in that was kept before is ended. @throws GatewayError where it is refused. */
export async function signIn(url: URL, file: SessionFile, login: string, password: string): Promise<CallerFragment> {
  const { login: answer } = await requestGraph(graphOf(url), LoginDocument, { login, password });
  if (answer.__typename !== 'SignedIn') throw new GatewayError(answer.message);
  const before = await file.alone(async () => {
    const stored = await file.read(url.origin);
    await file.write(url.origin, sessionOf(login, answer));
    return stored;
  });
  if (before !== null) await endSession(url, before).catch(expectGatewayError);
  return answer.consumer;
}

/** Forgets the sign-in, and ends it at the gateway. @returns who it was; null: nobody. @throws GatewayError where the gateway could not be told. */
export async function signOut(url: URL, file: SessionFile): Promise<string | null> {
  const stored = await file.alone(async () => {
    const found = await file.read(url.origin);
    if (found !== null) await file.write(url.origin, null);
    return found;
  });
  if (stored === null) return null;
  try {
    await endSession(url, stored);
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause;
    throw new GatewayError(`Signed out here, but the gateway could not be told: ${cause.message}`, {
      hint: `The session ends by itself, ${new Date(stored.refreshExpiresAt).toLocaleString('en-GB')} at the latest.`,
      cause,
    });
  }
  return stored.login;
}

/** A session that the gateway could not be asked to end ends by itself some day. */
function expectGatewayError(error: unknown): void {
  if (!(error instanceof GatewayError)) throw error;
}

async function endSession(url: URL, { refreshToken }: StoredSession): Promise<void> {
  await requestGraph(graphOf(url), LogoutDocument, { refreshToken });
}

/** The tokens that are kept for this gateway, renewed when they are near their end. Any number of commands may do so at once. */
export function loginCredential(url: URL, file: SessionFile, first: StoredSession): Credential {
  let session = first;
  let renewing: Promise<string> | undefined;
  let takenAt = Number.NEGATIVE_INFINITY;

  async function renewOne(isGood: (stored: StoredSession) => boolean): Promise<string> {
    return await file.alone(async () => {
      const stored = await file.read(url.origin);
      if (stored === null) throw signedOut(url);
      session = stored;
      // Another command was faster.
      if (isGood(stored)) return stored.accessToken;
      const { refresh: answer } = await requestGraph(graphOf(url), RefreshDocument, { refreshToken: stored.refreshToken });
      if (answer.__typename !== 'SignedIn') throw sessionOver(url, answer.message);
      session = sessionOf(stored.login, answer);
      takenAt = performance.now();
      await file.write(url.origin, session);
      return session.accessToken;
    });
  }

  function renew(isGood: (stored: StoredSession) => boolean): Promise<string> {
    renewing ??= renewOne(isGood).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  const lasts = ({ accessExpiresAt }: StoredSession) => accessExpiresAt - Date.now() > aheadMs;
  return {
    kind: 'login',
    current: async () => (lasts(session) || performance.now() - takenAt < surelyGoodMs ? session.accessToken : await renew(lasts)),
    next: (refused) => renew(({ accessToken }) => accessToken !== refused),
    endsAt: () => session.accessExpiresAt,
  };
}

function sessionOf(login: string, { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }: TokensFragment): StoredSession {
  return {
    login,
    accessToken,
    accessExpiresAt: Date.parse(accessExpiresAt),
    refreshToken,
    refreshExpiresAt: Date.parse(refreshExpiresAt),
  };
}

/** The tokens are kept all the same: the next command must not go on as somebody else without a word. */
const sessionOver = ({ origin }: URL, message: string) =>
  new GatewayError(`The sign-in at ${origin} is over: ${message}`, {
    code: 'UNAUTHENTICATED',
    hint: 'comptoir login signs in again, comptoir logout goes on without.',
  });

const signedOut = ({ origin }: URL) =>
  new GatewayError(`Signed out of ${origin} meanwhile`, { code: 'UNAUTHENTICATED', hint: 'comptoir login signs in again.' });
