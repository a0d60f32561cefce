import type { AccessTokens } from '@comptoir/platform/access-token.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { askAccounts } from './ask-accounts.ts';
import type { Authenticate } from './authenticate.ts';
import { type RememberConfig, remember } from './remember.ts';

/**
 * Authentication by the access token of a member of staff. The gateway reads signature and end itself and asks accounts (`consumerBySession`, which clients cannot see)
 * whether the session still lives and what it may do now: the token's own claims are as old as the token.
 */
export function createTokenAuthentication(
  tokens: Pick<AccessTokens, 'verify'>,
  accounts: Pick<SubgraphSource, 'ask'>,
  config: RememberConfig,
  now = Date.now,
): Authenticate {
  const staffOf = remember((sessionId) => askAccounts(accounts, 'consumerBySession', sessionId), config, now);
  return async (credentials) => {
    const claims = credentials && (await tokens.verify(credentials.key, now()));
    if (!claims) return null;
    const caller = await staffOf(claims.sessionId);
    return caller?.consumerId === claims.consumerId ? { ...caller, expiresAt: claims.expiresAt } : null;
  };
}
