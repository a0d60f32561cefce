import { UndoIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './pips.module.css';
import type { SagaRow } from './states.ts';

/** How far a saga is, step by step, and how far back; the words for those who do not see it. */
export function Pips({ saga }: { saga: Pick<SagaRow, 'steps' | 'compensations'> }) {
  const { words } = useLanguage();
  const told = [...saga.steps, ...saga.compensations]
    .filter(({ status }) => status !== 'PENDING' && status !== 'SKIPPED')
    .map(({ step, status }) => `${words.sagas.stepNames[step] ?? step} ${words.sagas.stepStatuses[status]}`)
    .join(', ');
  return (
    <span className={classes.pips} role="img" aria-label={told === '' ? words.sagas.stepStatuses.PENDING : told} title={told}>
      {saga.steps.map(({ step, status }) => (
        <i key={step} data-status={status} />
      ))}
      {saga.compensations.length > 0 && <UndoIcon />}
      {saga.compensations.map(({ step, status }) => (
        <i key={step} data-status={status} data-back />
      ))}
    </span>
  );
}
