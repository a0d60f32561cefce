import { useMemo } from 'react';
import { LivePanel } from '../../controls/live-panel.tsx';
import { NoMatch } from '../../controls/no-match.tsx';
import { Empty, Lines } from '../../controls/quiet.tsx';
import { type Column, RowTable } from '../../controls/row-table.tsx';
import { pageSize } from '../../feed/live-list.ts';
import type { RowFeed } from '../../feed/row-feed.ts';
import { useRowFeed } from '../../feed/use-row-feed.ts';
import { AuditPageDocument, AuditRecordedDocument, type AuditRowFragment } from '../../generated/operations.ts';
import { ask } from '../../graph/ask.ts';
import { listen } from '../../graph/listen.ts';
import { JournalIcon } from '../../icons.tsx';
import { useLanguage } from '../../language/language.tsx';
import classes from '../list.module.css';
import { pageOf } from '../page-of.ts';
import { Parts } from '../parts.tsx';
import { entryAddress } from './entry-address.ts';
import { journalCsv } from './journal-csv.ts';
import { JournalFilters } from './journal-filters.tsx';
import { sayDetails, sayObject } from './say-entry.ts';
import { belongs, useJournalFilter } from './use-journal-filter.ts';

/** An entry never changes: there is one version of it. */
type Entry = AuditRowFragment & { readonly version: 0 };

const once = (entry: AuditRowFragment): Entry => ({ ...entry, version: 0 });

/** What was done, by whom and to what, as it happens. */
export function JournalScreen() {
  const journal = useJournalFilter();
  const { filter, narrowed } = journal;
  const feed = useRowFeed<Entry>(JSON.stringify(filter), (client) => ({
    page: async (after) => {
      const page = pageOf((await ask(client, AuditPageDocument, { filter, first: pageSize, after })).auditLog);
      return { ...page, nodes: page.nodes.map(once) };
    },
    changes: (take) =>
      listen(
        client,
        AuditRecordedDocument,
        { entityType: filter.entityType ?? null },
        { data: ({ auditRecorded }) => take(once(auditRecorded)) },
      ),
    belongs: (entry) => belongs(filter, entry),
  }));
  return (
    <div className={classes.screen}>
      <Parts />
      <JournalFilters journal={journal} />
      <div className={classes.list}>{feed === null ? <Lines count={10} /> : <Entries feed={feed} filtered={narrowed > 0} />}</div>
    </div>
  );
}

function Entries({ feed, filtered }: { feed: RowFeed<Entry>; filtered: boolean }) {
  const { words, format } = useLanguage();
  const columns = useColumns();
  return (
    <LivePanel
      feed={feed}
      name="journal"
      className={classes.panel}
      words={words.journal}
      csv={(rows, code) => journalCsv(rows, { words, format, code })}
      empty={
        filtered ? (
          <NoMatch icon={<JournalIcon />} title={words.journal.emptyFiltered} hint={words.journal.emptyHint} />
        ) : (
          <Empty icon={<JournalIcon />} title={words.journal.empty} />
        )
      }
    >
      {({ list, fresh }) => (
        <RowTable
          label={words.journal.title}
          testId="journal"
          columns={columns}
          rows={list.rows}
          hasOlder={list.hasOlder}
          end={list.hasOlder ? words.accounts.older : words.journal.end}
          fresh={fresh}
          href={entryAddress}
          state={({ action }) => action}
          onEnd={feed.loadOlder}
          onHold={feed.hold}
        />
      )}
    </LivePanel>
  );
}

function useColumns(): readonly [Column<Entry>, ...Column<Entry>[]] {
  const { words, format } = useLanguage();
  return useMemo(
    () => [
      {
        name: 'action',
        label: words.journal.action,
        width: 'minmax(11rem, 1.1fr)',
        cell: ({ action }) => <span title={action}>{words.journal.actions[action] ?? action}</span>,
      },
      { name: 'actor', label: words.journal.actor, width: 'minmax(8rem, 0.8fr)', cell: ({ actorName }) => actorName },
      {
        name: 'object',
        label: words.journal.what,
        width: 'minmax(10rem, 2fr)',
        cell: (entry) => {
          const details = sayDetails(entry, { words, format });
          return (
            <span title={details}>
              {sayObject(entry, words)}
              {details !== '' && <span className={classes.quiet}>{` · ${details}`}</span>}
            </span>
          );
        },
      },
      {
        name: 'at',
        label: words.journal.at,
        width: '7.5rem',
        right: true,
        cell: ({ at }) => (
          <span className={classes.quiet} title={format.dateTime(at)}>
            {format.moment(at)}
          </span>
        ),
      },
    ],
    [words, format],
  );
}
