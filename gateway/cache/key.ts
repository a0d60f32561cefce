import { hash } from 'node:crypto';
import type { Caller } from '../auth/caller.ts';
import { type Rights, rightsOf } from '../subscriptions/keys.ts';

const known = new WeakMap<Caller, Rights>();

/** The rights by which answers are shared: what an answer is made for is told the subgraphs without a person or consumer, so it cannot depend on one. */
export function sharedRightsOf(caller: Caller): Rights {
  let rights = known.get(caller);
  if (!rights) {
    rights = rightsOf(caller, 'roles');
    known.set(caller, rights);
  }
  return rights;
}

/** In whose name an answer is made that is kept for all of the same rights. */
export function sharedCaller(caller: Caller): Caller {
  return { ...caller, ...sharedRightsOf(caller).principal };
}

/** The key of a question, of bounded length whatever it is made of. The same fields in another order are another question: that costs a fetch, and no more. */
export function questionKey(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts);
  return text.length <= 256 ? text : hash('sha256', text, 'base64url');
}
