import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { Detail } from '../controls/detail.tsx';
import { Mark } from '../controls/mark.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines } from '../controls/quiet.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useHeading } from '../frame/heading.tsx';
import { SagaUpdatedDocument, type SagaUpdatedSubscription } from '../generated/operations.ts';
import { useFollow } from '../graph/use-follow.ts';
import { SagasIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { DefinitionPanel } from './definition-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Reason } from './reason.tsx';
import { SagaActions } from './saga-actions.tsx';
import { useSagaClock } from './saga-clock.ts';
import classes from './saga-screen.module.css';
import { customerName, hasEnded, type SagaDetail, shortId, toneOf } from './states.ts';
import { Timeline } from './timeline.tsx';

/** A link may lead here before the saga that was promised has started. */
const promisedSaga = { endsWhen: ({ sagaUpdated }: SagaUpdatedSubscription) => hasEnded(sagaUpdated), promised: true };
const noStates: readonly never[] = [];

/** One saga as it happens: its steps in time, its place in the definition, and what an operator can do. */
export function SagaScreen() {
  const { id = '' } = useParams();
  const { words } = useLanguage();
  const { data, missing } = useFollow(SagaUpdatedDocument, { id }, promisedSaga);
  const saga = data?.sagaUpdated ?? null;
  const now = useSagaClock(saga);
  useHeading(words.sagas.one(shortId(id)), '/app/sagas', words.sagas.back);
  useTellEnd(saga);
  if (missing) return <Empty icon={<SagasIcon />} title={words.sagas.missing} />;
  if (saga === null) return <Lines count={8} />;
  return (
    <Detail
      top={<Head saga={saga} now={now} />}
      main={
        <Panel title={words.sagas.timeline} aside={<SagaActions saga={saga} />}>
          <Timeline saga={saga} now={now} />
        </Panel>
      }
      side={
        <>
          <DefinitionPanel saga={saga} states={noStates} />
          <HistoryPanel saga={saga} />
        </>
      }
    />
  );
}

function Head({ saga, now }: { saga: SagaDetail; now: number }) {
  const { words, format } = useLanguage();
  const name = customerName(saga, words.sagas.unknownCustomer);
  const seconds = hasEnded(saga) ? saga.duration : (now - Date.parse(saga.createdAt)) / 1_000;
  const waitSeconds = saga.nextTimerAt === null ? null : (Date.parse(saga.nextTimerAt) - now) / 1_000;
  const marks = [
    saga.paused ? words.sagas.paused : null,
    saga.cancelRequested && !hasEnded(saga) && saga.state !== 'COMPENSATING' ? words.sagas.cancelling : null,
    saga.needsAttention ? words.sagas.attention : null,
  ].filter(Boolean);
  return (
    <section className={classes.head} aria-label={words.sagas.one(shortId(saga.id))} data-testid="saga" data-state={saga.state}>
      <dl className={classes.facts}>
        <div className={classes.state}>
          <dt>{words.sagas.state}</dt>
          <dd>
            <Mark tone={toneOf(saga)} strong>
              <span data-testid="saga-state" data-state={saga.state}>
                {words.sagas.states[saga.state]}
              </span>
            </Mark>
            {marks.length > 0 && <span className={classes.marks}>{marks.join(' · ')}</span>}
          </dd>
        </div>
        <div>
          <dt>{words.sagas.duration}</dt>
          <dd className={classes.figure}>{seconds < 60 ? format.seconds(seconds) : format.remaining(seconds)}</dd>
        </div>
        {waitSeconds !== null && !hasEnded(saga) && (
          <div>
            <dt>{words.sagas.nextTimer}</dt>
            <dd className={classes.figure} data-testid="next-timer">
              {waitSeconds <= 0 ? words.sagas.nextTimerNow : words.sagas.nextTimerIn(format.remaining(Math.ceil(waitSeconds)))}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.sagas.order}</dt>
          <dd>
            {saga.order === null ? (
              hasEnded(saga) ? (
                words.sagas.noOrderEver
              ) : (
                words.sagas.noOrder
              )
            ) : (
              <Link to={`/app/commandes/${saga.order.id}`}>{words.orders.one(saga.order.id)}</Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{words.sagas.customer}</dt>
          <dd>{saga.customer === null ? name : <Link to={`/app/commandes?client=${saga.customer.id}`}>{name}</Link>}</dd>
        </div>
        <div>
          <dt>{words.sagas.started}</dt>
          <dd>{format.dateTime(saga.createdAt)}</dd>
        </div>
        <div className={classes.id}>
          <dt>{words.sagas.saga}</dt>
          <dd>
            <code>{saga.id}</code>
          </dd>
        </div>
      </dl>
      {saga.error !== null && (
        <p className={classes.error} data-testid="saga-error" data-state={saga.state}>
          <Reason error={saga.error} withStep />
          {saga.needsAttention && <strong className={classes.attention}>{words.sagas.attentionText}</strong>}
        </p>
      )}
    </section>
  );
}

/** A saga that ends while it is looked at is told. */
function useTellEnd(saga: SagaDetail | null) {
  const { words } = useLanguage();
  const { say } = useAnnouncer();
  const before = useRef<SagaDetail['state'] | null>(null);
  useEffect(() => {
    if (saga === null) return;
    if (before.current !== null && before.current !== saga.state) {
      const done = hasEnded(saga) || saga.state === 'FAILED' || saga.state === 'COMPENSATING';
      if (done) say(words.sagas.endedAs(shortId(saga.id), words.sagas.states[saga.state]));
    }
    before.current = saga.state;
  }, [saga, say, words]);
}
