import { ActionIcon, Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Changing } from '../controls/figure.tsx';
import { Lines } from '../controls/quiet.tsx';
import { Seal } from '../controls/seal.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { ClearStatsDocument, type ComputeStatsSubscription } from '../generated/operations.ts';
import { EraseIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection, useMay } from '../session/session.tsx';
import classes from './stats-strip.module.css';

type Stats = ComputeStatsSubscription['computeStats'];

/** The counters: in all, by operation and by source. */
export function StatsStrip({ stats }: { stats: Stats | null }) {
  const { words, format } = useLanguage();
  const mayClear = useMay(['ADMIN', 'MANAGER', 'INTEGRATION']);
  if (stats === null) {
    return (
      <section aria-label={words.stats.title} className={classes.strip}>
        <Lines count={2} />
      </section>
    );
  }
  const totals = [
    { name: words.stats.sent, value: stats.sentTasks, testId: 'stat-sent' },
    { name: words.stats.received, value: stats.receivedResults, testId: 'stat-received' },
    { name: words.stats.pending, value: stats.pending, testId: 'stat-pending' },
  ];
  return (
    <section aria-label={words.stats.title} className={classes.strip} data-testid="stats">
      <dl className={classes.totals}>
        {totals.map(({ name, value, testId }) => (
          <div key={testId}>
            <dt>{name}</dt>
            <dd data-testid={testId}>
              <Changing value={value}>{format.count(value)}</Changing>
            </dd>
          </div>
        ))}
      </dl>
      <ul className={classes.cells}>
        {stats.operations.map(({ operation, sent, received, meanProcessingTime }) => (
          <li key={operation}>
            <Seal operation={operation} />
            <Count received={received} sent={sent} />
            <span className={classes.note}>
              {[
                meanProcessingTime === null ? null : words.stats.mean(format.seconds(meanProcessingTime)),
                sent > received ? words.stats.toCome(format.count(sent - received)) : null,
              ]
                .filter(Boolean)
                .join(' · ') || '—'}
            </span>
          </li>
        ))}
        {stats.sources.map(({ source, sent, received }) => (
          <li key={source} data-source>
            <Count received={received} sent={sent} />
            <span className={classes.note}>{words.stats.bySource[source]}</span>
          </li>
        ))}
      </ul>
      <div className={classes.since}>
        <span>{words.stats.since(format.dateTime(stats.since))}</span>
        {mayClear && <ClearStats />}
      </div>
    </section>
  );
}

function Count({ received, sent }: { received: number; sent: number }) {
  const { words, format } = useLanguage();
  return (
    <span className={classes.count} title={words.stats.of(format.count(received), format.count(sent))}>
      <Changing value={received}>{format.count(received)}</Changing>
    </span>
  );
}

function ClearStats() {
  const { words } = useLanguage();
  const { client } = useConnection();
  const { notice } = useAnnouncer();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const clear = async () => {
    setBusy(true);
    try {
      await client.mutate({ mutation: ClearStatsDocument });
      setAsking(false);
      notice(words.stats.cleared);
    } catch {
      notice(words.stats.clearFailed, 'trouble');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={words.stats.clear}
        title={words.stats.clear}
        onClick={() => setAsking(true)}
        data-testid="clear-stats"
      >
        <EraseIcon />
      </ActionIcon>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={words.stats.clearTitle}
        centered
        closeButtonProps={{ 'aria-label': words.app.close }}
      >
        <p className={classes.question}>{words.stats.clearText}</p>
        <div className={classes.answer}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {words.app.cancel}
          </Button>
          <Button color="red" loading={busy} onClick={clear} data-autofocus>
            {words.stats.clear}
          </Button>
        </div>
      </Modal>
    </>
  );
}
