import { RefreshDocument, type RefreshMutation } from '../generated/operations.ts';
import { askOnce } from './ask-once.ts';
import type { Credential, Tokens } from './credential.ts';
import { renewStored, storedCredential } from './stored-credential.ts';

/** Keeps the credential of whoever is signed in good for as long as the page is open. */
export interface Renewal {
  current(): Credential;
  /** Gets the next tokens, for the page was told that these are not taken any more. False: there are none to be had now. */
  renew(): Promise<boolean>;
  /** Called with each next access token. */
  onRenewed(listener: (accessToken: string) => void): void;
  stop(): void;
}

/** So long before its end an access token is renewed. */
const aheadMs = 60_000;
/** The wait is kept between these, whatever this device's clock says. */
const shortestWaitMs = 30_000;
const longestWaitMs = 8 * 60_000;
const againMs = 5_000;

/** @param onEnded called once the session is over and cannot be renewed. A key stays as it is, and cannot be renewed. */
export function keepRenewed(first: Credential, onEnded: () => void): Renewal {
  const listeners = new Set<(accessToken: string) => void>();
  let credential = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewing: Promise<boolean> | undefined;
  let stopped = false;

  const schedule = (waitMs: number) => {
    clearTimeout(timer);
    if (!stopped && credential.kind === 'staff') timer = setTimeout(() => void renew(), waitMs);
  };
  const waitMs = ({ accessExpiresAt }: Tokens) => Math.min(longestWaitMs, Math.max(shortestWaitMs, accessExpiresAt - Date.now() - aheadMs));

  const take = (next: Credential & { kind: 'staff' }) => {
    credential = next;
    schedule(waitMs(next));
    for (const listener of listeners) listener(next.accessToken);
    return true;
  };

  async function askForNext(): Promise<boolean> {
    if (stopped || credential.kind !== 'staff') return false;
    // Another tab with the same session may have been faster; a refresh token is good only once.
    const stored = storedCredential();
    if (stored.kind === 'staff' && stored.refreshToken !== credential.refreshToken && stored.accessExpiresAt > credential.accessExpiresAt)
      return take(stored);
    const answer = await askOnce<RefreshMutation>(RefreshDocument, { variables: { refreshToken: credential.refreshToken } });
    if (stopped) return false;
    if (answer.kind !== 'answered') {
      schedule(againMs);
      return false;
    }
    const { refresh } = answer.data;
    if (refresh.__typename !== 'SignedIn') {
      onEnded();
      return false;
    }
    const next = credentialOf(refresh);
    renewStored(next);
    return take(next);
  }

  function renew(): Promise<boolean> {
    renewing ??= inTurn(askForNext).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  if (first.kind === 'staff') schedule(waitMs(first));
  return {
    current: () => credential,
    renew,
    onRenewed: (listener) => void listeners.add(listener),
    stop() {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

export function credentialOf(signedIn: {
  accessToken: string;
  accessExpiresAt: string;
  refreshToken: string;
}): Credential & { kind: 'staff' } {
  const { accessToken, accessExpiresAt, refreshToken } = signedIn;
  return { kind: 'staff', accessToken, accessExpiresAt: Date.parse(accessExpiresAt), refreshToken };
}

/** One tab after the other, where the browser can see to it: on pages that came over HTTPS or from this machine. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks === undefined ? work() : (navigator.locks.request('comptoir.renewal', work) as Promise<T>);
}
