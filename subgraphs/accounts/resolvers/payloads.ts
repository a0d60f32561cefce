import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Refused, Stale, Taken } from '../commands/outcomes.ts';
import type { NotChanged } from '../commands/own-secrets.ts';
import type { SignedIn, SignInRefused } from '../commands/sign-in.ts';
import { consumerOfStaff } from '../queries/consumers.ts';

/** Outcomes that several mutations share, in the words of the SDL. */

export const notFound = (kind: string, id: string) => ({
  __typename: 'NotFound' as const,
  message: `There is no ${kind} ${id}.`,
  kind,
  id,
});

export const stale = ({ version }: Stale) => ({
  __typename: 'StaleValue' as const,
  message: `It was changed meanwhile: its version is ${version} by now.`,
});

export const taken = ({ field }: Taken) => ({ __typename: 'AlreadyTaken' as const, message: `Another one has this ${field}.`, field });

export const refused = ({ reason, message }: Refused) => ({ __typename: 'AccountChangeRefused' as const, reason, message });

/** A repeated key with another input is an outcome that the SDL has a type for; any other error goes on. */
export async function orConflict<T>(key: string | null | undefined, work: Promise<T>) {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ComptoirError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error;
    return { kind: 'conflict' as const, payload: { __typename: 'IdempotencyConflict' as const, message: error.message, key: key ?? '' } };
  }
}

export const signedIn = ({ staff, rights, kind: _, ...tokens }: SignedIn) => ({
  __typename: 'SignedIn' as const,
  ...tokens,
  consumer: { ...consumerOfStaff(staff), ...rights },
  staffMember: staff,
});

const waiting = (seconds: number) => `Too many attempts failed: try again in ${seconds} s.`;

export const signInRefused = ({ retryAfterSeconds }: Pick<SignInRefused, 'retryAfterSeconds'>) => ({
  __typename: 'SignInRefused' as const,
  message: retryAfterSeconds === null ? 'What was given does not let anybody sign in.' : waiting(retryAfterSeconds),
  retryAfterSeconds,
});

export function notChanged(outcome: NotChanged) {
  if (outcome.kind === 'locked') return signInRefused(outcome);
  return refused(
    outcome.kind === 'notStaff'
      ? { kind: 'refused', reason: 'NOT_STAFF', message: 'Only a signed-in member of staff has a password and a PIN.' }
      : { kind: 'refused', reason: 'WRONG_PASSWORD', message: 'The current password is another one.' },
  );
}
