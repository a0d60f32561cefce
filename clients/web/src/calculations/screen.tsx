import { useEffect, useRef, useState } from 'react';
import { Choice } from '../controls/choice.tsx';
import { Panel } from '../controls/panel.tsx';
import { QueuesPanel } from '../controls/queues.tsx';
import { Lines } from '../controls/quiet.tsx';
import { WorkersPanel } from '../controls/workers.tsx';
import { useFeed } from '../feed/badge.tsx';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useAddress } from '../frame/use-address.ts';
import { ComputeStatsDocument, QueueStatusDocument, WorkersChangedDocument } from '../generated/operations.ts';
import { useLive } from '../graph/use-live.ts';
import { useLanguage } from '../language/language.tsx';
import { useDraft } from '../session/draft.ts';
import { useConnection } from '../session/session.tsx';
import { type BatchFeed, createBatchFeed } from './batch-feed.ts';
import { BatchForm } from './batch-form.tsx';
import { BatchesPanel } from './batches-panel.tsx';
import { CalculationForm } from './calculation-form.tsx';
import { createResultFeed, type ResultFeed } from './result-feed.ts';
import { type Filter, filters, ResultsPanel } from './results-panel.tsx';
import classes from './screen.module.css';
import { StatsStrip } from './stats-strip.tsx';

interface Feeds {
  readonly results: ResultFeed;
  readonly batches: BatchFeed;
}

const sourceOf = { tous: null, 'mes-taches': 'WEB', automatiques: 'AUTO' } as const;
/** After a reconnection the list is asked for twice: what was stored between the answer and the subscription's start would be missed otherwise. */
const secondLookMs = 2_000;

/** Calculations: ask for them, see them come, and see what makes them. */
export function CalculationsScreen() {
  const [filter, setFilter] = useAddress('filtre', filters);
  const feeds = useFeeds(filter);
  const stats = useLive(ComputeStatsDocument).data?.computeStats ?? null;
  const queues = useLive(QueueStatusDocument);
  const workers = useLive(WorkersChangedDocument);
  useBeginAnew(feeds, stats?.since ?? null);
  useNoticeBatches(feeds, stats?.sentTasks ?? null);

  return (
    <div className={classes.screen}>
      <div className={classes.stats}>
        <StatsStrip stats={stats} />
      </div>
      <div className={classes.ask}>
        {feeds !== null && <Ask feeds={feeds} />}
        {feeds !== null && <BatchesPanel feed={feeds.batches} />}
      </div>
      <div className={classes.results}>
        {feeds === null ? <Lines count={10} /> : <ResultsPanel feed={feeds.results} filter={filter} onFilter={setFilter} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.works} tabIndex={0}>
        <QueuesPanel live={queues} />
        <WorkersPanel live={workers} />
      </div>
    </div>
  );
}

function Ask({ feeds }: { feeds: Feeds }) {
  const { words } = useLanguage();
  const [mode, setMode] = useDraft<'single' | 'batch'>('mode', 'single');
  return (
    <Panel
      title={mode === 'single' ? words.form.title : words.batch.title}
      aside={
        <Choice
          label={words.batch.mode}
          quiet
          options={[
            { value: 'single', label: words.batch.single },
            { value: 'batch', label: words.batch.tab },
          ]}
          value={mode}
          onChange={setMode}
        />
      }
    >
      <div className={classes.form}>
        {mode === 'single' ? <CalculationForm feed={feeds.results} /> : <BatchForm onSubmitted={feeds.batches.put} />}
      </div>
    </Panel>
  );
}

/** The live lists, for as long as the screen is open; they catch up after every interruption. */
function useFeeds(filter: Filter): Feeds | null {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [feeds, setFeeds] = useState<Feeds | null>(null);
  useEffect(() => {
    const created = { results: createResultFeed(client), batches: createBatchFeed(client) };
    created.batches.refresh();
    setFeeds(created);
    return () => {
      created.results.stop();
      created.batches.stop();
    };
  }, [client]);
  useEffect(() => feeds?.results.show(sourceOf[filter]), [feeds, filter]);
  useEffect(() => {
    if (feeds === null || epoch === 0) return;
    const look = () => {
      feeds.results.catchUp();
      feeds.batches.refresh();
    };
    if (epoch > 1) look();
    const second = setTimeout(look, secondLookMs);
    return () => clearTimeout(second);
  }, [feeds, epoch]);
  return feeds;
}

/** When the counters were cleared, by whomever, recent results begin anew. */
function useBeginAnew(feeds: Feeds | null, since: string | null) {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (since === null) return;
    if (before.current !== null && before.current !== since) feeds?.results.restart();
    before.current = since;
  }, [feeds, since]);
}

/** Batches of others make the counters move; one that ends is told. */
function useNoticeBatches(feeds: Feeds | null, sentTasks: number | null) {
  const { words, format } = useLanguage();
  const { notice } = useAnnouncer();
  useEffect(() => {
    if (sentTasks !== null) feeds?.batches.refresh();
  }, [feeds, sentTasks]);
  useEffect(
    () => feeds?.batches.onEnded(({ state, completed }) => state === 'COMPLETED' && notice(words.batch.ended(format.count(completed)))),
    [feeds, words, format, notice],
  );
}
