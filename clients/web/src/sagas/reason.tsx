import { useLanguage } from '../language/language.tsx';
import { readError } from './read-error.ts';
import classes from './reason.module.css';

interface ReasonProps {
  readonly error: string;
  /** Names the step as well, where it is not said beside. */
  readonly withStep?: boolean;
}

/** Why a step or a saga did not succeed, in the reader's words; what its participant wrote stays beside it. */
export function Reason({ error, withStep = false }: ReasonProps) {
  const { words, format } = useLanguage();
  const { step, code, detail, unanswered, cancelledBy } = readError(error, (name) => name in words.sagas.stepNames);
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
      {said !== undefined && <span className={classes.reason}>{said}</span>}
      {unanswered === null && cancelledBy === null && (
        <span className={classes.detail} title={code ?? undefined} {...(detail in words.sagas.details ? {} : { lang: 'en' })}>
          {words.sagas.details[detail] ?? detail}
        </span>
      )}
    </>
  );
}
