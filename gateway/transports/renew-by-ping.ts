import { looksLikeAccessToken } from '@comptoir/platform/access-token.ts';
import { findComptoirError } from '@comptoir/platform/errors.ts';
import type { Watch } from '../auth/caller-watch.ts';

/**
 * A client of a WebSocket sends the next access token before the last one ends: `{"type":"ping","payload":{"accessToken":"…"}}`. The pong, which repeats the payload
 * of its ping, has in its place `expiresAt` (milliseconds since 1970) where the token was taken, or `refused` with a code of the error catalogue.
 */
export async function renewByPing(watch: Watch | undefined, payload: Record<string, unknown> | undefined): Promise<void> {
  if (!payload || !('accessToken' in payload)) return;
  const { accessToken } = payload;
  delete payload.accessToken;
  try {
    // Pings are not counted: an API key, which is looked up, is not taken by one.
    const isToken = typeof accessToken === 'string' && looksLikeAccessToken(accessToken);
    const caller = isToken ? await watch?.renew({ key: accessToken }) : null;
    if (caller) payload.expiresAt = caller.expiresAt ?? null;
    else payload.refused = 'UNAUTHENTICATED';
  } catch (error) {
    // The connection goes on with what it has; the client tries again.
    payload.refused = findComptoirError(error)?.code ?? 'INTERNAL';
  }
}
