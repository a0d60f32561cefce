import { createAccessTokens, looksLikeAccessToken } from '@comptoir/platform/access-token.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { createTokenAuthentication } from './access-tokens.ts';
import type { Authenticate } from './authenticate.ts';
import { createConsumerKeys, defaultConsumerKeys } from './consumer-keys.ts';

export interface AuthenticationConfig {
  /** Shared with accounts, which signs access tokens by a key made of it. */
  readonly secret: string;
  /** How long a credential that was valid counts as valid without another look. */
  readonly keyCheckMs: number;
}

export interface AuthenticationDeps {
  readonly accounts: Pick<SubgraphSource, 'ask'>;
  /** False before a supergraph without staff: its access tokens are nobody's. */
  readonly knowsSessions: () => boolean;
}

/** Says whose an API key or an access token is; a credential has the form of one or the other. */
export function createAuthentication(
  { secret, keyCheckMs }: AuthenticationConfig,
  { accounts, knowsSessions }: AuthenticationDeps,
): Authenticate {
  const remembering = { ...defaultConsumerKeys, knownMs: keyCheckMs };
  const byKey = createConsumerKeys(accounts, remembering);
  const byToken = createTokenAuthentication(createAccessTokens(secret), accounts, remembering);
  return (credentials, admit) => {
    if (!credentials || !looksLikeAccessToken(credentials.key)) return byKey(credentials, admit);
    return knowsSessions() ? byToken(credentials) : null;
  };
}
