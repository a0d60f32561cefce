import type { AccountRefusal } from '../../generated/operations.ts';
import type { Format } from '../../language/format.ts';
import type { Words } from '../../language/words.fr.ts';
import type { Refusal } from '../form/use-submission.ts';

interface Outcome {
  readonly __typename: string;
  readonly reason?: AccountRefusal;
  readonly retryAfterSeconds?: number | null;
}

/** Why the own password or PIN was not changed, in words: at the field of the password where that was wrong. */
export function sayRefusal(outcome: Outcome | null | undefined, words: Words, format: Format): Refusal {
  if (outcome?.__typename === 'SignInRefused') {
    const seconds = outcome.retryAfterSeconds ?? null;
    return { whole: seconds === null ? words.own.lockedShort : words.own.locked(format.remaining(seconds)) };
  }
  if (outcome?.reason === 'WRONG_PASSWORD') return { faults: { currentPassword: words.accounts.refusals.WRONG_PASSWORD } };
  return { whole: outcome?.reason === undefined ? words.own.failed : words.accounts.refusals[outcome.reason] };
}
