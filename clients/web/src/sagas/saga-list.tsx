import { useMemo } from 'react';
import { Mark } from '../controls/mark.tsx';
import { type Column, RowTable } from '../controls/row-table.tsx';
import { useNow } from '../controls/use-now.ts';
import type { RowFeed, RowView } from '../feed/row-feed.ts';
import { useLanguage } from '../language/language.tsx';
import { Pips } from './pips.tsx';
import classes from './saga-list.module.css';
import { customerName, hasEnded, type SagaRow, shortId, toneOf } from './states.ts';

/** The sagas, newest first, each with how far it is. */
export function SagaList({ feed, view }: { feed: RowFeed<SagaRow>; view: RowView<SagaRow> }) {
  const { words, format } = useLanguage();
  const columns = useMemo<readonly [Column<SagaRow>, ...Column<SagaRow>[]]>(
    () => [
      {
        name: 'saga',
        label: words.sagas.saga,
        width: '4.75rem',
        cell: (saga) => (
          <>
            <code title={saga.id}>{shortId(saga.id)}</code>
            <span className={classes.who}>{customerName(saga, words.sagas.unknownCustomer)}</span>
          </>
        ),
      },
      {
        name: 'state',
        label: words.sagas.state,
        width: 'minmax(7.5rem, 1.1fr)',
        cell: (saga) => (
          <Mark tone={toneOf(saga)} title={saga.state}>
            {[
              words.sagas.states[saga.state],
              saga.paused ? words.sagas.paused : null,
              saga.needsAttention ? words.sagas.attentionShort : null,
              saga.cancelRequested && !hasEnded(saga) && saga.state !== 'COMPENSATING' ? words.sagas.cancelling : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Mark>
        ),
      },
      { name: 'progress', label: words.sagas.progress, width: '6.75rem', cell: (saga) => <Pips saga={saga} /> },
      {
        name: 'customer',
        label: words.sagas.customer,
        width: 'minmax(6rem, 1fr)',
        cell: (saga) => customerName(saga, words.sagas.unknownCustomer),
        notOnPhone: true,
      },
      {
        name: 'order',
        label: words.sagas.order,
        width: '4.75rem',
        spare: true,
        notOnPhone: true,
        right: true,
        cell: ({ order }) => <span className={classes.quiet}>{order?.id ?? '—'}</span>,
      },
      {
        name: 'duration',
        label: words.sagas.duration,
        width: '4.5rem',
        right: true,
        notOnPhone: true,
        cell: (saga) => <Duration saga={saga} />,
      },
      {
        name: 'at',
        label: words.sagas.at,
        width: '6rem',
        right: true,
        cell: ({ createdAt }) => (
          <span className={classes.quiet} title={format.dateTime(createdAt)}>
            {format.moment(createdAt)}
          </span>
        ),
      },
    ],
    [words, format],
  );
  return (
    <RowTable
      label={words.sagas.title}
      testId="sagas"
      columns={columns}
      rows={view.list.rows}
      hasOlder={view.list.hasOlder}
      end={view.list.hasOlder ? words.sagas.older : words.sagas.end}
      fresh={view.fresh}
      href={({ id }) => `/app/sagas/${id}`}
      state={({ state }) => state}
      onEnd={feed.loadOlder}
      onHold={feed.hold}
    />
  );
}

/** Counts on while the saga is under way. */
function Duration({ saga }: { saga: SagaRow }) {
  const { format } = useLanguage();
  const ended = hasEnded(saga);
  const now = useNow(!ended, 1_000);
  const seconds = ended ? saga.duration : Math.max(saga.duration, (now - Date.parse(saga.createdAt)) / 1_000);
  return <span className={classes.quiet}>{seconds < 60 ? format.seconds(seconds) : format.remaining(seconds)}</span>;
}
