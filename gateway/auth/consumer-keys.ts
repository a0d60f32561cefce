import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { askAccounts } from './ask-accounts.ts';
import type { Authenticate } from './authenticate.ts';
import { type RememberConfig, remember } from './remember.ts';

export const defaultConsumerKeys: RememberConfig = { knownMs: 30_000, unknownMs: 5_000, maxEntries: 10_000 };

/** Authentication by API key: the keys' owner is the subgraph with the field `consumerByApiKey`, which clients cannot see. */
export function createConsumerKeys(
  accounts: Pick<SubgraphSource, 'ask'>,
  config: RememberConfig = defaultConsumerKeys,
  now = Date.now,
): Authenticate {
  const consumerOf = remember((key) => askAccounts(accounts, 'consumerByApiKey', key), config, now);
  return (credentials, admit) => (credentials ? consumerOf(credentials.key, admit) : null);
}
