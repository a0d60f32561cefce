import type { CSSProperties } from 'react';
import type { SagaStepStatus } from '../generated/operations.ts';
import { CheckIcon, CloseIcon, DoubtIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { Reason } from './reason.tsx';
import type { SagaDetail } from './states.ts';
import classes from './timeline.module.css';

type Step = SagaDetail['steps'][number];

/** The steps of a saga as they happened and happen, and what was undone, each with its place in time. `now`: the server's time in ms since 1970. */
export function Timeline({ saga, now }: { saga: SagaDetail; now: number }) {
  const { words } = useLanguage();
  const from = Date.parse(saga.createdAt);
  const span = Math.max(1, now - from);
  return (
    <div className={classes.timeline} data-testid="timeline" data-state={saga.state}>
      <h3 className={classes.heading}>{words.sagas.forward}</h3>
      <ol>
        {saga.steps.map((step) => (
          <Line key={step.step} step={step} from={from} span={span} />
        ))}
      </ol>
      {saga.compensations.length > 0 && (
        <>
          <h3 className={classes.heading} data-back>
            {words.sagas.compensations}
          </h3>
          <ol>
            {saga.compensations.map((step) => (
              <Line key={step.step} step={step} from={from} span={span} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Line({ step, from, span }: { step: Step; from: number; span: number }) {
  const { words, format } = useLanguage();
  const { status, startedAt, endedAt, attempts } = step;
  const begin = startedAt === null ? null : (Date.parse(startedAt) - from) / span;
  const end = startedAt === null ? null : ((endedAt === null ? from + span : Date.parse(endedAt)) - from) / span;
  const seconds = startedAt === null ? null : endedAt === null ? (from + span - Date.parse(startedAt)) / 1_000 : (step.duration ?? 0);
  const place =
    begin === null || end === null
      ? undefined
      : ({ '--begin': Math.min(1, Math.max(0, begin)), '--length': Math.max(0, end - Math.max(0, begin)) } as CSSProperties);
  return (
    <li className={classes.line} data-status={status} data-direction={step.direction} data-step={step.step} data-testid="saga-step">
      <StatusSign status={status} />
      <div className={classes.what}>
        <p className={classes.name}>
          {words.sagas.stepNames[step.step] ?? step.step}
          <code>{step.step}</code>
        </p>
        <p className={classes.meta}>
          <span className={classes.status}>{words.sagas.stepStatuses[status]}</span>
          <span>{words.sagas.participants[step.participant] ?? step.participant}</span>
          {attempts > 0 && <span data-many={attempts > 1}>{words.sagas.attemptsOf(attempts, format.count(attempts))}</span>}
        </p>
        {step.error !== null && (
          <p className={classes.error}>
            <Reason error={step.error} />
          </p>
        )}
      </div>
      <div className={classes.track} aria-hidden>
        {place !== undefined && <span style={place} />}
      </div>
      <span className={classes.duration}>{seconds === null ? '' : format.seconds(Math.max(0, seconds))}</span>
    </li>
  );
}

function StatusSign({ status }: { status: SagaStepStatus }) {
  return (
    <span className={classes.sign} aria-hidden>
      {status === 'SUCCESS' && <CheckIcon />}
      {status === 'FAILURE' && <CloseIcon />}
      {status === 'IN_DOUBT' && <DoubtIcon />}
    </span>
  );
}
