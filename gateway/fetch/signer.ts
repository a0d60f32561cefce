import { type Principal, signPrincipal } from '@comptoir/platform/principal.ts';
import { createLru } from '../lru.ts';

/** A signature is good for a minute; one is used for this long, so that its last request is still in time. */
const reuseMs = 15_000;
const maxPrincipals = 1_000;

/** Equal for callers whose answers may be shared: same person, same rights. */
export function principalKey({ consumerId, name, roles, stores }: Principal): string {
  return JSON.stringify([consumerId, name, [...roles].sort(), stores && [...stores].sort()]);
}

/** Signs principals, not anew for every request. */
export function createSigner(secret: string, now = Date.now): (principal: Principal) => string {
  const signed = createLru<string, { header: string; until: number }>(maxPrincipals);
  return ({ consumerId, name, roles, stores }) => {
    const principal = { consumerId, name, roles, stores };
    const key = principalKey(principal);
    const known = signed.get(key);
    if (known && now() < known.until) return known.header;
    const header = signPrincipal(principal, secret, now());
    signed.set(key, { header, until: now() + reuseMs });
    return header;
  };
}
