import { principalKey } from '../fetch/signer.ts';
import type { Authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';

/** Why a connection has to end, as it is closed with. */
export type LostReason = 'Forbidden' | 'token expired';

/** One connection that is looked after. */
export interface Watch {
  /**
   * Takes a newer credential of the same caller, e.g. the next access token. Null: it is not valid, or another's; then what was there holds on.
   * @throws ComptoirError SERVICE_UNAVAILABLE while it cannot be checked.
   */
  renew(credentials: Credentials | null): Promise<Caller | null>;
  stop(): void;
}

/** Looks after connections that stay open: what was allowed when they began may not be any more. */
export interface CallerWatch {
  /** Calls `onLost`, once, when the credential is revoked, the caller's rights have changed or the access token ends. */
  watch(credentials: Credentials | null, caller: Caller, onLost: (reason: LostReason) => void): Watch;
  stop(): void;
}

interface Watched {
  credentials: Credentials | null;
  readonly caller: Caller;
  expiry: NodeJS.Timeout | undefined;
  readonly onLost: (reason: LostReason) => void;
}

/** @param everyMs time between two looks; one look at a credential serves all of its connections, as `authenticate` remembers them. */
export function createCallerWatch(everyMs: number, authenticate: Authenticate, now = Date.now): CallerWatch {
  const watched = new Set<Watched>();

  const forget = (entry: Watched): boolean => {
    clearTimeout(entry.expiry);
    return watched.delete(entry);
  };
  const lose = (entry: Watched, reason: LostReason) => {
    if (forget(entry)) entry.onLost(reason);
  };
  const expireAt = (entry: Watched, expiresAt: number | undefined) => {
    clearTimeout(entry.expiry);
    if (expiresAt !== undefined) entry.expiry = setTimeout(() => lose(entry, 'token expired'), Math.max(0, expiresAt - now())).unref();
  };
  const look = async (entry: Watched) => {
    const { credentials } = entry;
    let found: Caller | null;
    try {
      found = await authenticate(credentials);
    } catch {
      // Who cannot be checked at the moment is not sent away for it; `authenticate` has told the log.
      return;
    }
    // Renewed meanwhile: what was asked about is not what counts.
    if (entry.credentials !== credentials) return;
    if (!found || principalKey(found) !== principalKey(entry.caller)) lose(entry, 'Forbidden');
  };
  const timer = setInterval(() => {
    for (const entry of watched) void look(entry);
  }, everyMs).unref();

  return {
    watch(credentials, caller, onLost) {
      const entry: Watched = { credentials, caller, expiry: undefined, onLost };
      watched.add(entry);
      expireAt(entry, caller.expiresAt);
      return {
        async renew(newer) {
          const found = await authenticate(newer);
          if (!found || found.consumerId !== caller.consumerId || !watched.has(entry)) return null;
          if (principalKey(found) !== principalKey(caller)) {
            // What runs on the connection has the rights it began with.
            lose(entry, 'Forbidden');
            return null;
          }
          entry.credentials = newer;
          expireAt(entry, found.expiresAt);
          return found;
        },
        stop: () => void forget(entry),
      };
    },
    stop() {
      clearInterval(timer);
      for (const entry of watched) forget(entry);
    },
  };
}
