import { useNavigate } from 'react-router';
import { useAnnouncer } from '../../frame/announcer.tsx';
import { useDraft } from '../../session/draft.ts';
import { useRetryKey } from '../use-retry-key.ts';
import { type Faults, type Refusal, type Submission, useSubmission } from './use-submission.ts';

/** What comes of asking for something new. `address`: of its page. */
export type Made = { readonly kind: 'made'; readonly address: string } | { readonly kind: 'refused'; readonly refusal: Refusal };

interface CreationOptions<F, I> {
  /** Under which what is typed is kept in the tab. */
  readonly draft: string;
  readonly blank: F;
  readonly faultWords: Readonly<Record<string, string>>;
  /** What is said once it is there. */
  readonly madeWords: string;
  /** What is wrong before anything is sent. */
  check(fields: F): Faults;
  inputOf(fields: F): I;
  send(variables: { input: I; idempotencyKey: string }): Promise<Made>;
}

export interface Creation<F> extends Pick<Submission, 'faults' | 'whole' | 'busy' | 'forget'> {
  readonly fields: F;
  change(next: Partial<F>): void;
  create(): void;
}

/** A sheet for what is not there yet. Sent again unchanged it makes no second one; once made, its page takes the place of the sheet. */
export function useCreation<F extends object, I extends object>(options: CreationOptions<F, I>): Creation<F> {
  const { draft, blank, faultWords, madeWords, check, inputOf, send } = options;
  const { notice } = useAnnouncer();
  const navigate = useNavigate();
  const [fields, keep] = useDraft<F>(draft, blank);
  const { faults, whole, busy, submit, refuse, forget } = useSubmission(faultWords);
  const retry = useRetryKey();
  const create = async () => {
    const wrong = check(fields);
    if (Object.keys(wrong).length > 0) return refuse({ faults: wrong });
    const input = inputOf(fields);
    await submit(async () => {
      const made = await send({ input, idempotencyKey: retry.keyFor(input) });
      if (made.kind === 'refused') return made.refusal;
      retry.forget();
      keep(blank);
      notice(madeWords);
      await navigate(made.address, { replace: true });
      return null;
    });
  };
  return {
    faults,
    whole,
    busy,
    forget,
    fields,
    change: (next) => {
      keep({ ...fields, ...next });
      forget();
    },
    create: () => void create(),
  };
}
