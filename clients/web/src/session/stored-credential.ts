import type { Credential } from './credential.ts';

const name = 'comptoir.credential';

/** That of an earlier sign-in, on this device or in this tab. */
export function storedCredential(): Credential {
  return parse(sessionStorage.getItem(name) ?? localStorage.getItem(name));
}

/** @param keep on this device rather than for this tab only. */
export function storeCredential(credential: Credential, keep: boolean): void {
  forgetCredential();
  (keep ? localStorage : sessionStorage).setItem(name, JSON.stringify(credential));
}

/** The newer one in the place of the older, wherever that was kept. */
export function renewStored(credential: Credential): void {
  storeCredential(credential, localStorage.getItem(name) !== null);
}

export function forgetCredential(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}

function parse(text: string | null): Credential {
  try {
    const stored = JSON.parse(text ?? 'null') as Record<string, unknown> | null;
    if (stored?.kind === 'key' && typeof stored.key === 'string') return { kind: 'key', key: stored.key };
    const { accessToken, accessExpiresAt, refreshToken } = stored ?? {};
    if (
      stored?.kind === 'staff' &&
      typeof accessToken === 'string' &&
      typeof accessExpiresAt === 'number' &&
      typeof refreshToken === 'string'
    )
      return { kind: 'staff', accessToken, accessExpiresAt, refreshToken };
  } catch {
    // Written by another version of the page: as if nobody had signed in.
  }
  return { kind: 'none' };
}
