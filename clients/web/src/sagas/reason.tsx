import type { Format } from '../language/format.ts';
import { useLanguage } from '../language/language.tsx';
import type { Words } from '../language/words.fr.ts';
import { readError, type SagaError } from './read-error.ts';

interface ReasonProps {
  readonly error: string;
  /** Names the step as well, where it is not said beside. */
  readonly withStep?: boolean;
}

/** Why a step or a saga did not succeed, in the reader's words; what its participant wrote stays beside it. */
export function Reason({ error, withStep = false }: ReasonProps) {
  const { words, format } = useLanguage();
  const read = readError(error, (name) => name in words.sagas.stepNames);
  const { step, code, detail, unanswered, cancelledBy } = read;
  const translated = sayDetail(read, words, format);
  const known = code === null ? undefined : words.sagas.reasons[code];
  const said =
    unanswered !== null
      ? words.sagas.unanswered(unanswered, format.count(unanswered))
      : cancelledBy !== null
        ? words.sagas.cancelledBy(cancelledBy)
        : known;
  return (
    <>
      {withStep && step !== null && <strong>{words.sagas.atStep(words.sagas.stepNames[step] ?? step)} </strong>}
      {said !== undefined && <span>{said} </span>}
      {unanswered === null && cancelledBy === null && (
        <span title={code ?? undefined} {...(translated === undefined ? { lang: 'en' } : {})}>
          {translated ?? detail}
        </span>
      )}
    </>
  );
}

/** The detail in the reader's words; undefined where it is not known. */
function sayDetail({ code, detail, shortage, about }: SagaError, words: Words, format: Format): string | undefined {
  if (shortage !== null) return words.sagas.shortage(shortage.product, format.count(shortage.requested), format.count(shortage.available));
  // Without its code a number would say nothing.
  if (about === null || code === null || !(code in words.sagas.reasons)) return words.sagas.details[detail];
  return 'number' in about ? words.orders.short(about.number) : about.name;
}
