import { createHash } from 'node:crypto';
import { canonicalJson } from '@comptoir/platform/canonical-json.ts';
import type { Principal } from '@comptoir/platform/principal.ts';

/** In whose name a shared subscription runs. Clients of the same rights get the same answers, so they share. */
export interface Rights {
  readonly key: string;
  readonly principal: Principal;
}

/**
 * With scope `roles` the subgraphs are not told who subscribes, only with which roles and stores: an answer cannot depend on what it was not told, so sharing is safe.
 * With scope `consumer` they are told, and only one consumer's clients share.
 */
export function rightsOf(caller: Principal, scope: 'roles' | 'consumer'): Rights {
  const roles = [...new Set(caller.roles)].sort();
  const stores = caller.stores && [...new Set(caller.stores)].sort();
  const { consumerId, name } = scope === 'consumer' ? caller : { consumerId: 'subscribers', name: 'subscribers' };
  return { key: JSON.stringify([consumerId, roles, stores]), principal: { consumerId, name, roles, stores } };
}

/** The key of a shared thing, of bounded length whatever it is made of. */
export function shareKey(parts: readonly unknown[]): string {
  const text = canonicalJson(parts);
  return text.length <= 256 ? text : createHash('sha256').update(text).digest('base64url');
}
