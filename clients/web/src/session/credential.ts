/** The tokens of a member of staff who has signed in. */
export interface Tokens {
  readonly accessToken: string;
  /** In ms since 1970, by the server's clock. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
}

/** What somebody opens the door with. */
export type Credential =
  | { readonly kind: 'key'; readonly key: string }
  | ({ readonly kind: 'staff' } & Tokens)
  /** The gateway may run without authentication. */
  | { readonly kind: 'none' };

/** What the gateway wants to see of it. */
export function keyOf(credential: Credential): string | null {
  if (credential.kind === 'none') return null;
  return credential.kind === 'key' ? credential.key : credential.accessToken;
}

export function headersOf(credential: Credential): Record<string, string> {
  const key = keyOf(credential);
  return key === null ? {} : { 'X-API-Key': key };
}
