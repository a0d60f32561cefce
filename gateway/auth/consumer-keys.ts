import { createHash } from 'node:crypto';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import { roles as knownRoles, type Role } from '@comptoir/platform/principal.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { createLru } from '../lru.ts';
import type { Authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';

export interface ConsumerKeysConfig {
  /** How long a key that is known, or one that is not, is taken for so without asking again. */
  readonly knownMs: number;
  readonly unknownMs: number;
  readonly maxKeys: number;
}

export const defaultConsumerKeys: ConsumerKeysConfig = { knownMs: 30_000, unknownMs: 5_000, maxKeys: 10_000 };

/** In whose name the gateway looks keys up. */
const gatewayCaller: Caller = {
  consumerId: 'gateway',
  name: 'gateway',
  roles: ['ADMIN'],
  stores: null,
  limits: { perMinute: Number.MAX_SAFE_INTEGER, perHour: Number.MAX_SAFE_INTEGER },
};

const query = 'query ConsumerByApiKey($key: String!) { consumerByApiKey(key: $key) { id name roles limits { perMinute perHour } } }';

interface Known {
  readonly caller: Promise<Caller | null>;
  until: number;
}

/** Authentication by API key: the keys' owner is the subgraph with the field `consumerByApiKey`, which clients cannot see. */
export function createConsumerKeys(
  source: Pick<SubgraphSource, 'ask'>,
  config: ConsumerKeysConfig = defaultConsumerKeys,
  now = Date.now,
): Authenticate {
  // By digest: what a dump of this process shows is no key.
  const known = createLru<string, Known>(config.maxKeys);

  async function lookUp(key: string): Promise<Caller | null> {
    let answer: Awaited<ReturnType<SubgraphSource['ask']>>;
    try {
      answer = await source.ask({ query, variables: { key }, operationName: 'ConsumerByApiKey' }, { caller: gatewayCaller });
    } catch (cause) {
      throw new ComptoirError('SERVICE_UNAVAILABLE', 'API keys cannot be checked at the moment', { cause });
    }
    if (answer.errors)
      throw new ComptoirError('SERVICE_UNAVAILABLE', 'API keys cannot be checked at the moment', { cause: answer.errors[0] });
    return toCaller(answer.data?.consumerByApiKey);
  }

  return async (credentials) => {
    if (!credentials) return null;
    const digest = createHash('sha256').update(credentials.key).digest('base64');
    const cached = known.get(digest);
    if (cached && cached.until > now()) return cached.caller;
    // Callers with the same key share the look-up in flight; how long its outcome holds is known once it is there.
    const entry: Known = { caller: lookUp(credentials.key), until: Number.POSITIVE_INFINITY };
    known.set(digest, entry);
    try {
      const caller = await entry.caller;
      entry.until = now() + (caller ? config.knownMs : config.unknownMs);
      return caller;
    } catch (error) {
      known.delete(digest);
      throw error;
    }
  };
}

function toCaller(consumer: unknown): Caller | null {
  if (typeof consumer !== 'object' || consumer === null) return null;
  const { id, name, roles, limits } = consumer as { id: string; name: string; roles: unknown[]; limits: Caller['limits'] };
  return {
    consumerId: id,
    name,
    // A role that a newer subgraph knows and this gateway does not gives no right here.
    roles: roles.filter((role): role is Role => knownRoles.includes(role as Role)),
    stores: null,
    limits: { perMinute: limits.perMinute, perHour: limits.perHour },
  };
}
