import { Panel } from '../controls/panel.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './history-panel.module.css';
import type { SagaDetail } from './states.ts';

/** Everything that happened to a saga, newest first. */
export function HistoryPanel({ saga }: { saga: SagaDetail }) {
  const { words, format } = useLanguage();
  const events = [...saga.events].reverse();
  return (
    <Panel title={words.sagas.events} testId="saga-history">
      <ol className={classes.events} reversed>
        {events.map(({ number, kind, step, detail, at }) => (
          <li key={number} data-kind={kind}>
            <time dateTime={at} title={format.dateTime(at)}>
              {format.time(at)}
            </time>
            <div>
              <p className={classes.what}>
                {words.sagas.eventKinds[kind] ?? kind}
                {step !== null && <span> {words.sagas.stepNames[step] ?? step}</span>}
              </p>
              {detail !== null && <p className={classes.detail}>{detail}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
