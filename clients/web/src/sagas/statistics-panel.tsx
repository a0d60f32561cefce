import { Changing } from '../controls/figure.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import tables from '../controls/tables.module.css';
import type { SagaStatisticsQuery } from '../generated/operations.ts';
import { UndoIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './statistics-panel.module.css';

export type Statistics = SagaStatisticsQuery['sagaStatistics'];

interface StatisticsPanelProps {
  readonly statistics: Statistics | null;
  readonly failed: boolean;
  onRetry(): void;
}

/** How many succeed and how long they take, all in all and step by step. */
export function StatisticsPanel({ statistics, failed, onRetry }: StatisticsPanelProps) {
  const { words, format } = useLanguage();
  const order = Object.keys(words.sagas.stepNames);
  /** As they follow each other, those that undo last. */
  const steps = [...(statistics?.steps ?? [])].sort(
    (a, b) =>
      Number(a.direction === 'COMPENSATION') - Number(b.direction === 'COMPENSATION') || order.indexOf(a.step) - order.indexOf(b.step),
  );
  return (
    <Panel title={words.sagas.statistics} testId="saga-statistics">
      {statistics === null && (failed ? <Trouble title={words.sagas.statisticsFailed} onRetry={onRetry} /> : <Lines count={4} />)}
      {statistics !== null && (
        <>
          <dl className={classes.figures}>
            <div>
              <dt>{words.sagas.successRate}</dt>
              <dd data-testid="success-rate">
                {statistics.successRate === null ? (
                  '—'
                ) : (
                  <Changing value={statistics.successRate}>{format.percent(statistics.successRate)}</Changing>
                )}
              </dd>
            </div>
            <div>
              <dt>{words.sagas.meanDuration}</dt>
              <dd data-testid="mean-duration">
                {statistics.meanDuration === null ? (
                  '—'
                ) : (
                  <Changing value={statistics.meanDuration}>{format.seconds(statistics.meanDuration)}</Changing>
                )}
              </dd>
            </div>
          </dl>
          {statistics.steps.length === 0 && <Empty title={words.sagas.noStatistics} />}
          {statistics.steps.length > 0 && (
            <table className={tables.table} aria-label={words.sagas.byStep}>
              <thead>
                <tr>
                  <th scope="col">{words.sagas.step}</th>
                  <th scope="col">{words.sagas.successes}</th>
                  <th scope="col">{words.sagas.failures}</th>
                  <th scope="col">{words.sagas.mean}</th>
                </tr>
              </thead>
              <tbody>
                {steps.map(({ step, direction, successes, failures, meanDuration }) => (
                  <tr key={`${direction}-${step}`} data-direction={direction}>
                    <th scope="row" title={step} className={classes.step}>
                      {direction === 'COMPENSATION' && <UndoIcon />}
                      {words.sagas.stepNames[step] ?? step}
                    </th>
                    <td>
                      <Changing value={successes}>{format.count(successes)}</Changing>
                    </td>
                    <td className={failures > 0 ? classes.failures : undefined}>
                      <Changing value={failures}>{format.count(failures)}</Changing>
                    </td>
                    <td>{meanDuration === null ? '—' : format.seconds(meanDuration)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </Panel>
  );
}
