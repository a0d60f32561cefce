import { principalKey } from '../fetch/signer.ts';
import type { Authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';

/** Looks after connections that stay open: what was allowed when they began may not be any more. */
export interface CallerWatch {
  /** Calls `onLost` once the key is revoked or the consumer's roles have changed. Returns how to stop watching. */
  watch(credentials: Credentials | null, caller: Caller, onLost: () => void): () => void;
  stop(): void;
}

interface Watched {
  readonly credentials: Credentials | null;
  readonly caller: Caller;
  readonly onLost: () => void;
}

/** @param everyMs time between two looks; one look at a key serves all of its connections, as `authenticate` remembers keys. */
export function createCallerWatch(everyMs: number, authenticate: Authenticate): CallerWatch {
  const watched = new Set<Watched>();

  const look = async (entry: Watched) => {
    let now: Caller | null;
    try {
      now = await authenticate(entry.credentials);
    } catch {
      // Who cannot be checked at the moment is not sent away for it; `authenticate` has told the log.
      return;
    }
    if (now && principalKey(now) === principalKey(entry.caller)) return;
    if (watched.delete(entry)) entry.onLost();
  };
  const timer = setInterval(() => {
    for (const entry of watched) void look(entry);
  }, everyMs).unref();

  return {
    watch(credentials, caller, onLost) {
      const entry = { credentials, caller, onLost };
      watched.add(entry);
      return () => void watched.delete(entry);
    },
    stop: () => clearInterval(timer),
  };
}
