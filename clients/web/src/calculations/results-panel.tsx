import { useEffect, useSyncExternalStore } from 'react';
import { Choice } from '../controls/choice.tsx';
import { ExportButton } from '../controls/export-button.tsx';
import { HeldBody, PauseButton } from '../controls/held-body.tsx';
import { NoMatch } from '../controls/no-match.tsx';
import { Panel } from '../controls/panel.tsx';
import { Empty, Lines, Trouble } from '../controls/quiet.tsx';
import { signs } from '../controls/seal.tsx';
import { ViewsButton } from '../controls/views-button.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { CalculationsIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import type { ResultFeed } from './result-feed.ts';
import { ResultList } from './result-list.tsx';
import { resultsCsv } from './results-csv.ts';
import classes from './results-panel.module.css';

export const filters = ['tous', 'mes-taches', 'automatiques'] as const;
export type Filter = (typeof filters)[number];

const announceEveryMs = 15_000;

/** Results as they are stored, with the filters and what one can do with the list. */
export function ResultsPanel({ feed, filter, onFilter }: { feed: ResultFeed; filter: Filter; onFilter(filter: Filter): void }) {
  const { words } = useLanguage();
  const view = useSyncExternalStore(feed.watch, feed.get);
  useAnnounceArrivals(feed);
  const held = view.list.held.length;
  const nothing = view.list.rows.length === 0 && view.pending.length === 0 && held === 0;
  const automatic = filter === 'automatiques';

  return (
    <Panel
      title={words.results.title}
      className={classes.panel}
      testId="results-panel"
      aside={
        <>
          <Choice
            label={words.filter.label}
            quiet
            options={[
              { value: 'tous', label: words.filter.all },
              { value: 'mes-taches', label: words.filter.mine },
              { value: 'automatiques', label: words.filter.auto },
            ]}
            value={filter}
            onChange={onFilter}
          />
          <span className={classes.actions}>
            <PauseButton feed={feed} view={view} />
            <ViewsButton list="results" />
            <ExportButton rows={view.list.rows} page={feed.page} file={words.results.exportFile} csv={resultsCsv} />
          </span>
        </>
      }
    >
      <HeldBody feed={feed} view={view} arrived={words.results.arrived}>
        {view.status === 'failed' && nothing && <Trouble title={words.results.failed} onRetry={() => feed.restart()} />}
        {view.status === 'loading' && nothing && <Lines count={10} />}
        {view.status === 'ready' && nothing && <NoResults filter={filter} />}
        {!nothing && (
          <ResultList key={filter} feed={feed} view={automatic ? { ...view, pending: [] } : view} showSource={filter === 'tous'} />
        )}
      </HeldBody>
    </Panel>
  );
}

function NoResults({ filter }: { filter: Filter }) {
  const { words } = useLanguage();
  const icon = <CalculationsIcon />;
  if (filter === 'tous') return <Empty icon={icon} title={words.results.empty} hint={words.results.emptyHint} />;
  if (filter === 'mes-taches') return <NoMatch icon={icon} title={words.results.emptyMine} hint={words.results.emptyHint} />;
  return <NoMatch icon={icon} title={words.results.emptyAuto} hint={words.results.emptyAutoHint} />;
}

/** Own results are told as they come; the others are counted and told now and then. */
function useAnnounceArrivals(feed: ResultFeed) {
  const { words, format } = useLanguage();
  const { say } = useAnnouncer();
  useEffect(() => {
    let others = 0;
    let saidAt = Date.now();
    return feed.onArrival((arrival) => {
      others += arrival.others;
      if (arrival.own.length > 0) {
        say(
          arrival.own
            .map((row) => `${format.value(row.n1)} ${signs[row.operation]} ${format.value(row.n2)} = ${format.result(row.text)}`)
            .join(' ; '),
        );
      } else if (others > 0 && Date.now() - saidAt >= announceEveryMs) {
        saidAt = Date.now();
        say(words.results.announceMany(others, format.count(others)));
        others = 0;
      }
    });
  }, [feed, say, words, format]);
}
