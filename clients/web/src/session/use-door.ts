import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import type { SignInOutcome } from './session.tsx';

/** One attempt after the other to get in, and why the last one failed. */
export function useDoor(wrong: string) {
  const { words, format } = useLanguage();
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const reason = (outcome: SignInOutcome): string => {
    if (outcome.kind === 'refused') return wrong;
    if (outcome.kind !== 'limited') return words.signIn.unreachable;
    const { retryAfterSeconds: seconds } = outcome;
    return seconds === null ? words.signIn.limited : words.signIn.limitedFor(format.remaining(seconds));
  };
  return {
    fault,
    setFault,
    busy,
    /** Resolves to false where the door stays shut. */
    async attempt(signIn: () => Promise<SignInOutcome>): Promise<boolean> {
      setBusy(true);
      setFault(null);
      const outcome = await signIn();
      if (outcome.kind === 'accepted') return true;
      setBusy(false);
      setFault(reason(outcome));
      return false;
    },
  };
}
