import { createHash } from 'node:crypto';
import { canonicalJson } from '@comptoir/platform/canonical-json.ts';
import type { Principal } from '@comptoir/platform/principal.ts';

/** In whose name a shared subscription runs. Clients of the same rights get the same answers, so they share. */
export interface Rights {
  readonly key: string;
  readonly principal: Principal;
}

/**
 * With scope `roles` the subgraphs are not told who subscribes, only with which roles: an answer cannot depend on what it was not told, so sharing is safe.
 * With scope `consumer` they are told, and only one consumer's clients share.
 */
export function rightsOf({ consumerId, name, roles }: Principal, scope: 'roles' | 'consumer'): Rights {
  const sorted = [...new Set(roles)].sort();
  if (scope === 'consumer') return { key: JSON.stringify([consumerId, ...sorted]), principal: { consumerId, name, roles: sorted } };
  return { key: sorted.join(), principal: { consumerId: 'subscribers', name: 'subscribers', roles: sorted } };
}

/** The key of a shared thing, of bounded length whatever it is made of. */
export function shareKey(parts: readonly unknown[]): string {
  const text = canonicalJson(parts);
  return text.length <= 256 ? text : createHash('sha256').update(text).digest('base64url');
}
