/** Attempts of one account by one way (password, PIN) that may fail in a row. */
export const freeAttempts = 5;
/** How long an account is locked after the fifth failure, in seconds; it doubles with each further one, */
export const firstLockSeconds = 30;
/** up to this. */
export const longestLockSeconds = 15 * 60;
/** Failures before that long ago do not count any more. */
export const forgetAfterHours = 24;

/** For how many seconds an account is locked after so many failures in a row; 0: it is not. The statement in store/attempts.ts says the same. */
export function lockSecondsAfter(failures: number): number {
  return failures < freeAttempts ? 0 : Math.min(firstLockSeconds * 2 ** (failures - freeAttempts), longestLockSeconds);
}
