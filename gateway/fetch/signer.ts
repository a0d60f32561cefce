import { type Principal, signPrincipal } from '@comptoir/platform/principal.ts';
import { createLru } from '../lru.ts';

/** A signature is good for a minute; one is used for this long, so that its last request is still in time. */
const reuseMs = 15_000;
const maxPrincipals = 1_000;

/** Equal for callers whose answers may be shared: same person, same rights. */
export function principalKey({ consumerId, name, roles, stores }: Principal): string {
  return JSON.stringify([consumerId, name, [...roles].sort(), stores && [...stores].sort()]);
}

/** The same, which says it once of each object that it is asked about: a caller is the same one for many requests. */
export function createPrincipalKeys(): (principal: Principal) => string {
  const keys = new WeakMap<Principal, string>();
  return (principal) => {
    let key = keys.get(principal);
    if (key === undefined) {
      key = principalKey(principal);
      keys.set(principal, key);
    }
    return key;
  };
}

/** Signs principals, not anew for every request. */
export function createSigner(secret: string, keyOf = principalKey, now = Date.now): (principal: Principal) => string {
  const signed = createLru<string, { header: string; until: number }>(maxPrincipals);
  return (caller) => {
    const key = keyOf(caller);
    const known = signed.get(key);
    if (known && now() < known.until) return known.header;
    const { consumerId, name, roles, stores } = caller;
    const header = signPrincipal({ consumerId, name, roles, stores }, secret, now());
    signed.set(key, { header, until: now() + reuseMs });
    return header;
  };
}
