import { hash } from 'node:crypto';
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
  readonly caller: Promise<Caller | null>;
  until: number;
  /** What was valid is looked up again whoever else floods us with guesses. */
  wasValid: boolean;
}

/** Asks whose a credential is, and not again for a while. Those who ask at the same time share the look-up; one that fails is not kept. */
export function remember(
  lookUp: (credential: string) => Promise<Caller | null>,
  { knownMs, unknownMs, maxEntries }: RememberConfig,
  now = Date.now,
): (credential: string, admit?: AdmitLookUp) => Promise<Caller | null> {
  // By digest: what a dump of this process shows is no credential.
  const known = createLru<string, Known>(maxEntries);

  const isCurrent = (entry: Known | undefined): boolean => entry !== undefined && entry.until > now();

  return async (credential, admit) => {
    const digest = hash('sha256', credential, 'base64');
    let cached = known.get(digest);
    if (admit && !cached?.wasValid && !isCurrent(cached)) {
      await admit();
      cached = known.get(digest);
    }
    if (cached && isCurrent(cached)) return cached.caller;
    // How long the outcome holds is known once it is there.
    const entry: Known = { caller: lookUp(credential), until: Number.POSITIVE_INFINITY, wasValid: cached?.wasValid ?? false };
    known.set(digest, entry);
    try {
      const caller = await entry.caller;
      entry.wasValid = caller !== null;
      entry.until = now() + (caller ? knownMs : unknownMs);
      return caller;
    } catch (error) {
      if (cached?.wasValid) known.set(digest, cached);
      else known.delete(digest);
      throw error;
    }
  };
}
