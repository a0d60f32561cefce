import type { QueueStatusSubscription } from '../generated/operations.ts';
import type { Live } from '../graph/use-live.ts';
import { useLanguage } from '../language/language.tsx';
import type { Words } from '../language/words.fr.ts';
import { Changing } from './figure.tsx';
import { Panel } from './panel.tsx';
import { Empty, Lines } from './quiet.tsx';
import { Seal } from './seal.tsx';
import classes from './tables.module.css';

const operationOfQueue = { task_queue_add: 'ADD', task_queue_sub: 'SUB', task_queue_mul: 'MUL', task_queue_div: 'DIV' } as const;

/** The queues as the broker sees them, live. `rawNames`: as an operator knows them. */
export function QueuesPanel({ live, rawNames = false }: { live: Live<QueueStatusSubscription>; rawNames?: boolean }) {
  const { words, format } = useLanguage();
  const report = live.data?.queueStatus ?? null;
  return (
    <Panel title={words.queues.title} testId="queues">
      {report === null && <Lines count={5} />}
      {report !== null && !report.reachable && (
        <p className={classes.warning}>{words.queues.unreachable(format.time(report.observedAt))}</p>
      )}
      {report?.queues.length === 0 && <Empty title={words.queues.empty} />}
      {report !== null && report.queues.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.queues.queue}</th>
              <th scope="col">{words.queues.readyShort}</th>
              <th scope="col">{words.queues.unackedShort}</th>
              <th scope="col">{words.queues.consumersShort}</th>
            </tr>
          </thead>
          <tbody>
            {report.queues.map(({ name, ready, unacked, consumers }) => (
              <tr key={name} data-idle={consumers === 0 && ready > 0} data-queue={name}>
                <th scope="row" title={name}>
                  <QueueName name={name} words={words} raw={rawNames} />
                  {consumers === 0 && ready > 0 && <span className={classes.nobody}>{words.queues.nobody}</span>}
                </th>
                <td>
                  <Changing value={ready}>{format.count(ready)}</Changing>
                </td>
                <td>
                  <Changing value={unacked}>{format.count(unacked)}</Changing>
                </td>
                <td>{format.count(consumers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function QueueName({ name, words, raw }: { name: string; words: Words; raw: boolean }) {
  const operation = Object.hasOwn(operationOfQueue, name) ? operationOfQueue[name as keyof typeof operationOfQueue] : null;
  return (
    <span className={classes.name}>
      {operation !== null && <Seal operation={operation} named={false} />}
      <span>{operation === null || raw ? name : words.operations[operation]}</span>
    </span>
  );
}
