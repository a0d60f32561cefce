/** What commands show the gateway. */
export interface Credential {
  /** `demo`: the key that a demo system lends; `login`: the tokens of who has signed in. */
  readonly kind: 'key' | 'demo' | 'login' | 'none';
  /**
   * Good for another minute at least, as far as this machine's clock tells; undefined where there is nothing to show.
   * @throws GatewayError where the sign-in is over.
   */
  current(): Promise<string | undefined>;
  /** Another one, after the gateway did not take `refused`; undefined where there is none. @throws GatewayError where the sign-in is over. */
  next(refused: string | undefined): Promise<string | undefined>;
  /** When it ends by itself, in ms since 1970; null: it does not. */
  endsAt(): number | null;
}

/** A key stays as it is. */
export function keyCredential(kind: 'key' | 'demo' | 'none', key: string | undefined): Credential {
  return { kind, current: async () => key, next: async () => undefined, endsAt: () => null };
}
