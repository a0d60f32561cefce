import type { ApolloClient } from '@apollo/client';
import {
  appendOlder,
  arrive,
  catchUp,
  emptyList,
  listOfPage,
  newestRows,
  type Page,
  type PageOf,
  pageSize,
  release,
} from '../feed/live-list.ts';
import { marked } from '../feed/marks.ts';
import type { HoldReason, RowFeed, RowView } from '../feed/row-feed.ts';
import {
  CalculationCompletedDocument,
  type Operation,
  ResultPageDocument,
  type ResultRowFragment,
  type Source,
  TaskResultsDocument,
} from '../generated/operations.ts';
import { listen } from '../graph/listen.ts';
import { acknowledge, expectResults, type Pending, retire, settle } from './pending.ts';

export type ResultRow = ResultRowFragment;

export interface ResultView extends RowView<ResultRow> {
  /** What the reader asked for and is still to come, newest first. */
  readonly pending: readonly Pending<ResultRow>[];
}

/** What a flush brought, for the live region. */
export interface Arrival {
  readonly own: readonly ResultRow[];
  readonly others: number;
}

export interface ResultFeed extends Omit<RowFeed<ResultRow>, 'get' | 'onArrival' | 'onChange'> {
  get(): ResultView;
  onArrival(listener: (arrival: Arrival) => void): () => void;
  /** Lists the results of a source, or of all, and listens to it. */
  show(source: Source | null): void;
  expect(draftId: string, n1: number, n2: number, operation: Operation): void;
  accepted(draftId: string, taskId: string): void;
  /** The submission failed: nothing is expected of it any more. */
  refused(draftId: string): void;
}

const flushMs = 250;
const catchUpPages = 5;
const mostBuffered = 20_000;
const mostPending = 400;
const mostLookups = 20;

/** The live list of results: one subscription, pages on demand, and the rows that the reader waits for. */
export function createResultFeed(client: ApolloClient): ResultFeed {
  let view: ResultView = { status: 'loading', list: emptyList, pending: [], loadingOlder: false, paused: false, fresh: new Map() };
  let source: Source | null = null;
  let generation = 0;
  let incoming: ResultRow[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopListening: (() => void) | undefined;
  const holds = new Set<HoldReason>();
  const watchers = new Set<() => void>();
  const arrivals = new Set<(arrival: Arrival) => void>();
  const holding = () => view.paused || holds.size > 0;

  const update = (change: Partial<ResultView>) => {
    view = { ...view, ...change };
    for (const watcher of watchers) watcher();
  };
  const flushSoon = () => {
    timer ??= setTimeout(flush, flushMs);
  };
  const take = (rows: readonly ResultRow[]) => {
    incoming.push(...rows);
    if (incoming.length > mostBuffered) incoming = incoming.slice(-mostBuffered);
    flushSoon();
  };

  const flush = () => {
    timer = undefined;
    const now = Date.now();
    const known = view.list;
    const { pending, rest } = settle(view.pending, incoming, now);
    incoming = [];
    const { stay, leave } = holding() ? { stay: pending, leave: [] } : retire(pending, now);
    const shown = source === 'AUTO' ? [] : leave;
    const list = arrive(known, [...shown, ...rest], holding());
    // What stood in its place as a result already is no news.
    const fresh = marked(view.fresh, list.rows, shown.length === 0 ? known.rows : [...shown, ...known.rows], now);
    tellArrivals(view.pending, pending, list.rows.length + list.held.length - known.rows.length - known.held.length - shown.length);
    if (list !== known || stay !== view.pending || fresh !== view.fresh) update({ list, pending: stay, fresh });
    if (fresh.size > 0 || (!holding() && stay.some(({ settledAt }) => settledAt !== null))) flushSoon();
  };

  const tellArrivals = (before: readonly Pending<ResultRow>[], after: readonly Pending<ResultRow>[], others: number) => {
    const own = after.flatMap(({ key, result }) =>
      result !== null && before.some((row) => row.key === key && row.result === null) ? [result] : [],
    );
    if (own.length === 0 && others <= 0) return;
    for (const listener of arrivals) listener({ own, others: Math.max(0, others) });
  };

  const ask: PageOf<ResultRow> = async (after) => {
    const filter = source === null ? { sinceClear: true } : { sinceClear: true, source };
    const { data } = await client.query({ query: ResultPageDocument, variables: { filter, first: pageSize, after } });
    if (data === undefined) throw new Error('a page of results came without data');
    return {
      nodes: data.results.nodes,
      hasNextPage: data.results.pageInfo.hasNextPage,
      endCursor: data.results.pageInfo.endCursor ?? null,
    };
  };

  /** Looks after rows still awaited whose results may have come while nobody listened. */
  const lookUpPending = () => {
    const tasks = new Set(view.pending.flatMap(({ taskId, result }) => (taskId !== null && result === null ? [taskId] : [])));
    for (const id of [...tasks].slice(0, mostLookups)) {
      client.query({ query: TaskResultsDocument, variables: { id } }).then(
        ({ data }) => {
          const task = data?.task;
          if (task === undefined || task === null) return;
          const { pending } = settle(view.pending, task.results, Date.now());
          update({ pending: task.state === 'PENDING' ? pending : pending.filter((row) => row.taskId !== id || row.result !== null) });
          flushSoon();
        },
        () => undefined, // Asked again at the next reconnection.
      );
    }
  };

  const load = async () => {
    const mine = ++generation;
    update({ status: 'loading', list: emptyList, fresh: new Map(), loadingOlder: false });
    try {
      const page = await ask(null);
      if (mine !== generation) return;
      const { pending, rest } = settle(view.pending, page.nodes, Date.now());
      update({ status: 'ready', list: listOfPage({ ...page, nodes: rest }), pending });
      flushSoon();
      lookUpPending();
    } catch {
      if (mine === generation) update({ status: 'failed' });
    }
  };

  const reach = async () => {
    if (view.status !== 'ready') return load();
    const mine = generation;
    let newest: Page<ResultRow>;
    try {
      newest = await newestRows(ask, view.list, catchUpPages);
      if (mine !== generation) return;
    } catch {
      return; // The connection went again; the next one catches up.
    }
    const { pending, rest } = settle(view.pending, newest.nodes, Date.now());
    update({ pending, list: catchUp(view.list, { ...newest, nodes: rest }, (missed) => arrive(view.list, missed, holding())) });
    flushSoon();
    lookUpPending();
  };

  const letGo = () => {
    if (holding()) return;
    const list = release(view.list);
    if (list !== view.list) update({ list, fresh: marked(view.fresh, list.rows, view.list.rows, Date.now()) });
    flushSoon();
  };

  return {
    get: () => view,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    onArrival: (listener) => {
      arrivals.add(listener);
      return () => arrivals.delete(listener);
    },
    show: (next) => {
      source = next;
      incoming = [];
      stopListening?.();
      stopListening = listen(
        client,
        CalculationCompletedDocument,
        { source: next },
        { data: ({ calculationCompleted }) => take([calculationCompleted]) },
      );
      void load();
    },
    hold: (reason, on) => {
      if (on === holds.has(reason)) return;
      if (on) holds.add(reason);
      else holds.delete(reason);
      letGo();
    },
    pause: (on) => {
      update({ paused: on });
      letGo();
    },
    takeIn: () => {
      const list = release(view.list);
      update({ list, fresh: marked(view.fresh, list.rows, view.list.rows, Date.now()) });
    },
    page: ask,
    loadOlder: () => {
      if (view.loadingOlder || !view.list.hasOlder || view.status !== 'ready') return;
      const mine = generation;
      update({ loadingOlder: true });
      ask(view.list.cursor).then(
        (page) => {
          if (mine === generation) update({ loadingOlder: false, list: appendOlder(view.list, page) });
        },
        () => {
          if (mine === generation) update({ loadingOlder: false });
        },
      );
    },
    catchUp: () => void reach(),
    restart: () => void load(),
    expect: (draftId, n1, n2, operation) => {
      update({ pending: [...expectResults<ResultRow>(draftId, n1, n2, operation), ...view.pending].slice(0, mostPending) });
    },
    accepted: (draftId, taskId) => {
      const here = new Set(
        [...view.list.held, ...view.list.rows.slice(0, pageSize)]
          .filter(({ task }) => task.id === taskId)
          .map(({ operation }) => operation),
      );
      update({ pending: acknowledge(view.pending, draftId, taskId).filter((row) => row.draftId !== draftId || !here.has(row.operation)) });
    },
    refused: (draftId) => update({ pending: view.pending.filter((row) => row.draftId !== draftId) }),
    stop: () => {
      generation += 1;
      clearTimeout(timer);
      stopListening?.();
      watchers.clear();
      arrivals.clear();
    },
  };
}
