import type { ApolloClient } from '@apollo/client';
import { BatchProgressDocument, type BatchRowFragment, RecentBatchesDocument } from '../generated/operations.ts';
import { coalesce } from '../graph/coalesce.ts';
import { listen } from '../graph/listen.ts';
import { addSample, recentRate, type Sample } from './rate.ts';

export interface BatchView {
  readonly batch: BatchRowFragment;
  /** Results per second of late; null before it can be said. */
  readonly rate: number | null;
}

export interface BatchFeedState {
  /** Newest first; null until first loaded. */
  readonly batches: readonly BatchView[] | null;
}

export interface BatchFeed {
  get(): BatchFeedState;
  watch(listener: () => void): () => void;
  onEnded(listener: (batch: BatchRowFragment) => void): () => void;
  /** A batch as it stands, e.g. one just submitted. */
  put(batch: BatchRowFragment): void;
  /** Asks again which batches there are; calls close together count as one. */
  refresh(): void;
  stop(): void;
}

const shown = 8;
const mostFollowed = 6;
const refreshEveryMs = 2_000;
const tileMs = 250;

/** Recent batches, the running ones followed by subscription. */
export function createBatchFeed(client: ApolloClient): BatchFeed {
  let state: BatchFeedState = { batches: null };
  let stopped = false;
  const samples = new Map<string, Sample[]>();
  const followed = new Map<string, () => void>();
  const watchers = new Set<() => void>();
  const ended = new Set<(batch: BatchRowFragment) => void>();

  const update = (batches: readonly BatchView[]) => {
    state = { batches };
    for (const watcher of watchers) watcher();
    follow();
  };

  const view = (batch: BatchRowFragment): BatchView => {
    if (batch.state !== 'RUNNING') {
      samples.delete(batch.id);
      return { batch, rate: null };
    }
    const now = Date.now();
    const next = addSample(samples.get(batch.id) ?? [], { at: now, completed: batch.completed });
    samples.set(batch.id, next);
    return { batch, rate: recentRate(next, now) };
  };

  const put = (batch: BatchRowFragment) => {
    const batches = state.batches ?? [];
    const before = batches.find((each) => each.batch.id === batch.id)?.batch;
    if (before !== undefined && isOlder(batch, before)) return;
    const rest = batches.filter((each) => each.batch.id !== batch.id);
    const next = before === undefined ? [view(batch), ...rest] : batches.map((each) => (each.batch.id === batch.id ? view(batch) : each));
    update(next.slice(0, shown));
    if (before?.state === 'RUNNING' && batch.state !== 'RUNNING') for (const listener of ended) listener(batch);
  };

  const follow = () => {
    const running = (state.batches ?? []).filter(({ batch }) => batch.state === 'RUNNING').slice(0, mostFollowed);
    const wanted = new Set(running.map(({ batch }) => batch.id));
    for (const [id, stop] of followed) {
      if (wanted.has(id)) continue;
      stop();
      followed.delete(id);
    }
    for (const id of wanted) {
      if (followed.has(id)) continue;
      const tile = coalesce<BatchRowFragment>(tileMs, put);
      const stop = listen(
        client,
        BatchProgressDocument,
        { id },
        {
          data: ({ batchProgress }) => tile.push(batchProgress),
          endsWhen: (last) => last !== null && last.batchProgress.state !== 'RUNNING',
        },
      );
      followed.set(id, () => {
        stop();
        tile.stop();
      });
    }
  };

  const load = async () => {
    try {
      const { data } = await client.query({ query: RecentBatchesDocument, variables: { first: shown } });
      if (stopped || data === undefined) return;
      const known = new Map((state.batches ?? []).map(({ batch }) => [batch.id, batch]));
      update(
        data.batches.nodes.map((batch) => {
          const mine = known.get(batch.id);
          return view(mine !== undefined && isOlder(batch, mine) ? mine : batch);
        }),
      );
    } catch {
      // Asked again when the feed is back or the counters change.
      if (!stopped && state.batches === null) update([]);
    }
  };
  const refreshes = coalesce<null>(refreshEveryMs, () => void load());

  return {
    get: () => state,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    onEnded: (listener) => {
      ended.add(listener);
      return () => ended.delete(listener);
    },
    put,
    refresh: () => refreshes.push(null),
    stop: () => {
      stopped = true;
      refreshes.stop();
      for (const stop of followed.values()) stop();
      followed.clear();
      watchers.clear();
      ended.clear();
    },
  };
}

/** Whether a batch as told is behind what is known of it: an ended one does not run again, and results are not taken back. */
function isOlder(told: BatchRowFragment, known: BatchRowFragment): boolean {
  if (known.state !== 'RUNNING') return told.state === 'RUNNING';
  return told.state === 'RUNNING' && told.completed < known.completed;
}
