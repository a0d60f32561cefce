import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { ExportButton } from '../../controls/export-button.tsx';
import { HeldBody, PauseButton } from '../../controls/held-body.tsx';
import { Panel } from '../../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../../controls/quiet.tsx';
import { type Column, RowTable } from '../../controls/row-table.tsx';
import { ViewsButton } from '../../controls/views-button.tsx';
import type { RowFeed } from '../../feed/row-feed.ts';
import { useRowFeed } from '../../feed/use-row-feed.ts';
import { useAnnouncer } from '../../frame/announcer.tsx';
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

const pageSize = 50;
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
  const { say } = useAnnouncer();
  const view = useSyncExternalStore(feed.watch, feed.get);
  const columns = useColumns();
  useEffect(() => feed.onArrival((count) => say(words.journal.announce(count, format.count(count)))), [feed, say, words, format]);
  const empty = view.list.rows.length === 0 && view.list.held.length === 0;
  return (
    <Panel
      title={words.journal.title}
      className={classes.panel}
      testId="journal-panel"
      aside={
        <>
          <PauseButton feed={feed} view={view} />
          <ViewsButton list="journal" />
          <ExportButton
            rows={view.list.rows}
            page={feed.page}
            file={words.journal.exportFile}
            csv={(rows, code) => journalCsv(rows, { words, format, code })}
          />
        </>
      }
    >
      <HeldBody feed={feed} view={view} arrived={words.journal.arrived}>
        {view.status === 'failed' && empty && <Trouble title={words.journal.failedToLoad} onRetry={feed.restart} />}
        {view.status === 'loading' && empty && <Lines count={10} />}
        {view.status === 'ready' && empty && (
          <Empty icon={<JournalIcon />} title={words.journal.empty} {...(filtered ? { hint: words.journal.emptyHint } : {})} />
        )}
        {!empty && (
          <RowTable
            label={words.journal.title}
            testId="journal"
            columns={columns}
            rows={view.list.rows}
            hasOlder={view.list.hasOlder}
            end={view.list.hasOlder ? words.accounts.older : words.journal.end}
            fresh={view.fresh}
            href={entryAddress}
            state={({ action }) => action}
            onEnd={feed.loadOlder}
            onHold={feed.hold}
          />
        )}
      </HeldBody>
    </Panel>
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
