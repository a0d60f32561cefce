import { useCallback, useState } from 'react';
import type { AccountRefusal } from '../../generated/operations.ts';
import { errorCode, inputFaults } from '../../graph/error-code.ts';
import { useLanguage } from '../../language/language.tsx';

export type Faults = Readonly<Record<string, string>>;

/** Why something was not done: at its fields, or of all of it. Null: it was done. */
export interface Refusal {
  readonly faults?: Faults;
  readonly whole?: string;
}

export interface Submission {
  readonly faults: Faults;
  readonly whole: string | null;
  readonly busy: boolean;
  /** Does it, and gives whether it was done. What the server finds wrong stands at the fields it names afterwards, in the words of the page. */
  submit(work: () => Promise<Refusal | null>): Promise<boolean>;
  refuse(refusal: Refusal): void;
  /** The person types on: nothing is said to be wrong any more. */
  forget(): void;
}

const none: Faults = {};

/** One form's way to the server and back. `faultWords`: what is said of a field, by its name in the graph. */
export function useSubmission(faultWords: Readonly<Record<string, string>>): Submission {
  const { words } = useLanguage();
  const [state, setState] = useState<{ faults: Faults; whole: string | null }>({ faults: none, whole: null });
  const [busy, setBusy] = useState(false);
  const refuse = useCallback(({ faults = none, whole }: Refusal) => setState({ faults, whole: whole ?? null }), []);
  const forget = useCallback(() => setState({ faults: none, whole: null }), []);
  const submit = useCallback(
    async (work: () => Promise<Refusal | null>) => {
      setBusy(true);
      setState({ faults: none, whole: null });
      try {
        const refusal = await work();
        if (refusal !== null) refuse(refusal);
        return refusal === null;
      } catch (error) {
        const faults = Object.fromEntries(
          inputFaults(error).flatMap(({ path, message }) => {
            const field = path.findLast((step) => typeof step === 'string');
            return typeof field === 'string' ? [[field, faultWords[field] ?? message]] : [];
          }),
        );
        if (Object.keys(faults).length > 0) refuse({ faults });
        else refuse({ whole: errorCode(error) === 'FORBIDDEN' ? words.accounts.forbidden : words.accounts.failed });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [faultWords, refuse, words],
  );
  return { ...state, busy, submit, refuse, forget };
}

interface Outcome {
  readonly __typename: string;
  readonly field?: string;
  readonly reason?: AccountRefusal;
}

/** What an outcome other than success says, in words. */
export function useRefusals(takenWords: string): (outcome: Outcome | null | undefined) => Refusal {
  const { words } = useLanguage();
  return useCallback(
    (outcome) => {
      if (outcome?.__typename === 'AlreadyTaken') return { faults: { [outcome.field ?? 'name']: takenWords } };
      if (outcome?.__typename === 'AccountChangeRefused' && outcome.reason !== undefined)
        return { whole: words.accounts.refusals[outcome.reason] };
      if (outcome?.__typename === 'NotFound') return { whole: words.accounts.gone };
      if (outcome?.__typename === 'StaleValue') return { whole: words.accounts.staleAction };
      return { whole: words.accounts.failed };
    },
    [takenWords, words],
  );
}
