import { hash } from 'node:crypto';
import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';
import { createLru } from '../lru.ts';
import type { AdmitLookUp } from './authenticate.ts';
import type { Caller } from './caller.ts';

export interface RememberConfig {
  /** How long a credential that is known, or one that is not, is taken for so without asking again. */
  readonly knownMs: number;
  readonly unknownMs: number;
  readonly maxEntries: number;
}

interface Known {
  /** The look-up, until it is done. */
  caller: NowOrLater<Caller | null>;
  until: number;
  /** What was valid is looked up again whoever else floods us with guesses. */
  wasValid: boolean;
}

/** Asks whose a credential is, and not again for a while. Those who ask at the same time share the look-up; one that fails is not kept. */
export function remember(
  lookUp: (credential: string) => Promise<Caller | null>,
  { knownMs, unknownMs, maxEntries }: RememberConfig,
  now = Date.now,
): (credential: string, admit?: AdmitLookUp) => NowOrLater<Caller | null> {
  // By digest: what a dump of this process shows is no credential.
  const known = createLru<string, Known>(maxEntries);

  const isCurrent = (entry: Known | undefined): boolean => entry !== undefined && entry.until > now();

  async function ask(credential: string, digest: string, before: Known | undefined): Promise<Caller | null> {
    // How long the outcome holds is known once it is there.
    const looking = lookUp(credential);
    const entry: Known = { caller: looking, until: Number.POSITIVE_INFINITY, wasValid: before?.wasValid ?? false };
    known.set(digest, entry);
    try {
      const caller = await looking;
      entry.caller = caller;
      entry.wasValid = caller !== null;
      entry.until = now() + (caller ? knownMs : unknownMs);
      return caller;
    } catch (error) {
      if (before?.wasValid) known.set(digest, before);
      else known.delete(digest);
      throw error;
    }
  }

  return (credential, admit) => {
    const digest = hash('sha256', credential, 'base64');
    const entry = known.get(digest);
    if (entry && isCurrent(entry)) return entry.caller;
    if (!admit || entry?.wasValid) return ask(credential, digest, entry);
    return admit().then(() => {
      // Another who asked for it may have been admitted before.
      const meanwhile = known.get(digest);
      return meanwhile && isCurrent(meanwhile) ? meanwhile.caller : ask(credential, digest, meanwhile);
    });
  };
}
