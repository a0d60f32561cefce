/** How somebody shows who it is. */
export type Method = 'password' | 'pin';

/** What is counted for itself: sign-ins by each way, and `own`: the password that is asked for once more to change one's secrets. */
export type Counted = Method | 'own';

/** When an account is locked, whoever tried. The gateway bounds what one address may try long before (gateway/limits/field-limits.ts). */
export interface LockOut {
  /** Attempts of one account by this way that may fail. */
  readonly freeAttempts: number;
  /**
   * Which failure has to be a day old for all to be forgotten: the `last` one, so that guesses far apart are counted all the same; or the `first`, so that
   * who guesses on and on does not lock the account for ever.
   */
  readonly forgetBy: 'first' | 'last';
}

/**
 * A password has more possibilities than can be tried: as many failures as NIST SP 800-63B, section 5.2.2, allows at most, so that no stranger alone, whom
 * the gateway lets try forty times a day, keeps its owner out. A PIN has ten thousand: few failures, even though a stranger can lock it; its owner has a password, too.
 * Who found an open screen has a session, and so is no stranger: few failures again, which keep nobody from signing in.
 */
export const lockOuts: Readonly<Record<Counted, LockOut>> = {
  password: { freeAttempts: 100, forgetBy: 'first' },
  pin: { freeAttempts: 5, forgetBy: 'last' },
  own: { freeAttempts: 5, forgetBy: 'last' },
};
/** How long an account is locked after the last free failure, in seconds; it doubles with each further one, */
export const firstLockSeconds = 30;
/** up to this. */
export const longestLockSeconds = 15 * 60;
/** Failures before that long ago do not count any more. */
export const forgetAfterHours = 24;
