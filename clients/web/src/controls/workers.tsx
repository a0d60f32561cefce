import type { WorkersChangedSubscription } from '../generated/operations.ts';
import type { Live } from '../graph/use-live.ts';
import { useLanguage } from '../language/language.tsx';
import { Changing } from './figure.tsx';
import { Panel } from './panel.tsx';
import { Empty, Lines } from './quiet.tsx';
import { Seal } from './seal.tsx';
import classes from './tables.module.css';

/** The workers as they come, work and go, live. */
export function WorkersPanel({ live }: { live: Live<WorkersChangedSubscription> }) {
  const { words, format } = useLanguage();
  const workers = live.data?.workersChanged ?? null;
  return (
    <Panel title={words.workers.title} testId="workers">
      {workers === null && <Lines count={5} />}
      {workers?.length === 0 && <Empty title={words.workers.empty} hint={words.workers.emptyHint} />}
      {workers !== null && workers.length > 0 && (
        <table className={classes.table} data-tall>
          <thead>
            <tr>
              <th scope="col">{words.workers.worker}</th>
              <th scope="col" className={classes.left}>
                {words.workers.state}
              </th>
              <th scope="col">{words.workers.resultsShort}</th>
            </tr>
          </thead>
          <tbody>
            {workers.map(({ id, operation, state, currentTaskId, results, lastSeenAt }) => (
              <tr key={id} data-state={state} data-worker={id}>
                <th scope="row" title={`${id} — ${words.workers.heard(format.time(lastSeenAt))}`}>
                  <span className={classes.name}>
                    <Seal operation={operation} />
                    <span>{id}</span>
                  </span>
                </th>
                <td className={classes.left}>
                  <span
                    className={classes.state}
                    data-state={state}
                    title={currentTaskId === null ? words.workers.heard(format.time(lastSeenAt)) : `${words.workers.task} ${currentTaskId}`}
                  >
                    <i aria-hidden />
                    <span>
                      {words.workers.states[state]}
                      {currentTaskId !== null && <code>{currentTaskId.slice(-8)}</code>}
                    </span>
                  </span>
                </td>
                <td>
                  <Changing value={results}>{format.count(results)}</Changing>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
