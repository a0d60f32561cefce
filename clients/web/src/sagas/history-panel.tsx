import { Panel } from '../controls/panel.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './history-panel.module.css';
import { Reason } from './reason.tsx';
import type { SagaDetail } from './states.ts';

/** Everything that happened to a saga, newest first. */
export function HistoryPanel({ saga }: { saga: SagaDetail }) {
  const { words, format } = useLanguage();
  const events = [...saga.events].reverse();
  return (
    <Panel title={words.sagas.events} testId="saga-history">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol className={classes.events} reversed tabIndex={0} aria-label={words.sagas.events}>
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
              {detail !== null && (
                <p className={classes.detail}>
                  <Reason error={detail} withStep />
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
