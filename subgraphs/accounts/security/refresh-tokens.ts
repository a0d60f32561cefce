import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface RefreshTokens {
  /** 256 bits by chance, for a new session. */
  first(): string;
  /** The one after this: the same each time it is asked for, and known to nobody without the secret. */
  successor(token: string): string;
}

/** What is kept of a token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Refresh tokens follow from one another, so that a client whose answer got lost can ask once more and gets the same token again, without one being kept
 * that could be read from the database (docs/adr/0010).
 */
export function createRefreshTokens(secret: string): RefreshTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, 'comptoir refresh token', 'comptoir refresh token', 32));
  return {
    first: () => randomBytes(32).toString('base64url'),
    successor: (token) => createHmac('sha256', key).update(token).digest('base64url'),
  };
}
