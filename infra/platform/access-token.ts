import { hkdfSync } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { roles as knownRoles, type Role } from './principal.ts';

/** What an access token says of a signed-in member of staff. */
export interface AccessClaims {
  /** The principal's consumerId: `staff:<id>`. */
  readonly consumerId: string;
  /** Of the session that the token came from: it may have ended before the token does. */
  readonly sessionId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Ids of the places the person may act in; null: all. */
  readonly stores: readonly string[] | null;
  readonly limits: { readonly perMinute: number; readonly perHour: number };
}

export interface VerifiedAccess extends AccessClaims {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface AccessTokens {
  /** Good for `accessTokenLifetimeMs` from `now`. */
  sign(claims: AccessClaims, now?: number): Promise<{ readonly token: string; readonly expiresAt: number }>;
  /** What the token says; null unless it was signed with this secret and has not expired. Whether its session still lives only accounts knows. */
  verify(token: string, now?: number): Promise<VerifiedAccess | null>;
}

export const accessTokenLifetimeMs = 10 * 60_000;

const issuer = 'comptoir';
/** A member of staff with every role and some hundred stores needs less. */
const maxLength = 4_096;
const payload = z.object({
  sub: z.string().startsWith('staff:'),
  sid: z.string().min(1),
  name: z.string(),
  // A role of tomorrow gives no right today.
  roles: z.array(z.string()).transform((said) => said.filter((role): role is Role => (knownRoles as readonly string[]).includes(role))),
  stores: z.array(z.string()).nullable(),
  per_minute: z.int().positive(),
  per_hour: z.int().positive(),
  exp: z.int(),
});

/** Whether a credential has the form of an access token. API keys of ours have no dots. */
export const looksLikeAccessToken = (credential: string): boolean => /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(credential);

/** Signs and verifies the access tokens of staff: JWT with HMAC SHA-256, by a key made of the secret that gateway and subgraphs share. */
export function createAccessTokens(secret: string): AccessTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'comptoir access token', 'comptoir access token', 32));
  return {
    async sign({ consumerId, sessionId, name, roles, stores, limits }, now = Date.now()) {
      const issuedAt = Math.floor(now / 1_000);
      const expires = issuedAt + accessTokenLifetimeMs / 1_000;
      const token = await new SignJWT({ sid: sessionId, name, roles, stores, per_minute: limits.perMinute, per_hour: limits.perHour })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(issuer)
        .setSubject(consumerId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: expires * 1_000 };
    },
    async verify(token, now = Date.now()) {
      if (token.length > maxLength) return null;
      try {
        const verified = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer,
          currentDate: new Date(now),
          requiredClaims: ['exp'],
        });
        const said = payload.safeParse(verified.payload);
        if (!said.success) return null;
        const { sub, sid, name, roles, stores, per_minute: perMinute, per_hour: perHour, exp } = said.data;
        return { consumerId: sub, sessionId: sid, name, roles, stores, limits: { perMinute, perHour }, expiresAt: exp * 1_000 };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
