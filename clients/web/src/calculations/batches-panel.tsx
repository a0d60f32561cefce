import { ActionIcon } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines } from '../controls/quiet.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CancelBatchDocument } from '../generated/operations.ts';
import { CloseIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import type { BatchFeed, BatchView } from './batch-feed.ts';
import classes from './batches-panel.module.css';
import { secondsLeft } from './rate.ts';

/** Recent batches, the running ones with their progress as it goes. */
export function BatchesPanel({ feed }: { feed: BatchFeed }) {
  const { words } = useLanguage();
  const { batches } = useSyncExternalStore(feed.watch, feed.get);
  return (
    <Panel title={words.batch.recent} testId="batches">
      {batches === null && <Lines count={3} />}
      {batches?.length === 0 && <Empty title={words.batch.empty} />}
      {batches !== null && batches.length > 0 && (
        <ul className={classes.list}>
          {batches.map((view) => (
            <Batch key={view.batch.id} view={view} feed={feed} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Batch({ view, feed }: { view: BatchView; feed: BatchFeed }) {
  const { words, format } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const may = useMay(['ADMIN', 'MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'INTEGRATION']);
  const [cancelling, setCancelling] = useState(false);
  const { batch, rate } = view;
  const running = batch.state === 'RUNNING';
  const share = batch.total === 0 ? 1 : batch.completed / batch.total;
  const left = running ? secondsLeft(batch.total, batch.completed, rate) : null;
  const shortId = batch.id.slice(-8);

  const cancel = async () => {
    setCancelling(true);
    try {
      const { data } = await client.mutate({ mutation: CancelBatchDocument, variables: { id: batch.id } });
      const outcome = data?.cancelBatch;
      if (outcome?.__typename === 'BatchCancelled' || outcome?.__typename === 'BatchAlreadyEnded') feed.put(outcome.batch);
      else notice(outcome?.message ?? words.batch.cancelFailed, 'trouble');
    } catch {
      notice(words.batch.cancelFailed, 'trouble');
    } finally {
      setCancelling(false);
    }
  };

  return (
    <li className={classes.batch} data-state={batch.state} data-testid="batch">
      <div className={classes.line}>
        <span className={classes.state}>{words.batch.states[batch.state]}</span>
        <span className={classes.done} data-testid="batch-done">
          {words.batch.done(format.count(batch.completed), format.count(batch.total))}
        </span>
        <span className={classes.percent}>{format.percent(Math.floor(share * 100) / 100)}</span>
        {running && may && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            loading={cancelling}
            onClick={cancel}
            aria-label={words.batch.cancel}
            title={words.batch.cancel}
          >
            <CloseIcon />
          </ActionIcon>
        )}
      </div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={words.batch.progress(shortId)}
        aria-valuemin={0}
        aria-valuemax={batch.total}
        aria-valuenow={batch.completed}
      >
        <span style={{ transform: `scaleX(${share})` }} />
      </div>
      <div className={classes.line} data-small>
        <span>{running ? format.rate(rate ?? batch.throughput) : format.rate(batch.throughput)}</span>
        {left !== null && <span>{words.batch.left(format.remaining(left))}</span>}
        {batch.nonFinite > 0 && <span>{words.batch.nonFinite(batch.nonFinite, format.count(batch.nonFinite))}</span>}
        <span className={classes.when}>
          {batch.submittedBy !== null && `${words.batch.by(batch.submittedBy.name)} · `}
          {format.time(batch.endedAt ?? batch.submittedAt)}
        </span>
      </div>
    </li>
  );
}
