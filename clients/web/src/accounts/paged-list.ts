import type { Page, PageOf } from '../feed/live-list.ts';

interface Row {
  readonly id: string;
}

export interface PagedView<T extends Row> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly rows: readonly T[];
  readonly hasMore: boolean;
}

export interface PagedList<T extends Row> {
  get(): PagedView<T>;
  watch(listener: () => void): () => void;
  /** Asks for a page of the list, whatever is shown of it. */
  readonly page: PageOf<T>;
  loadMore(): void;
  /** Something has changed: what is shown is asked for anew, and stays until the answer is there. */
  refresh(): void;
  /** While somebody reads, rows change in place only; who comes and goes waits. */
  hold(on: boolean): void;
  restart(): void;
  stop(): void;
}

/** So many pages are asked for anew at most; what is below is loaded again when it is scrolled to. */
const mostRefreshed = 8;

/** A list in an order of its own, such as by name, page by page. `pageOf` asks for the page after a cursor. */
export function createPagedList<T extends Row>(pageOf: PageOf<T>): PagedList<T> {
  let view: PagedView<T> = { status: 'loading', rows: [], hasMore: false };
  let cursor: string | null = null;
  let pages = 0;
  let loadingMore = false;
  let held = false;
  let waiting: (() => void) | null = null;
  /** Counts up with whatever makes an answer that is on its way worthless. */
  let generation = 0;
  const watchers = new Set<() => void>();
  const update = (change: Partial<PagedView<T>>) => {
    view = { ...view, ...change };
    for (const watcher of watchers) watcher();
  };

  const load = async () => {
    const mine = ++generation;
    waiting = null;
    loadingMore = false;
    update({ status: 'loading', rows: [], hasMore: false });
    try {
      const page = await pageOf(null);
      if (mine !== generation) return;
      cursor = page.endCursor;
      pages = 1;
      update({ status: 'ready', rows: page.nodes, hasMore: page.hasNextPage });
    } catch {
      if (mine === generation) update({ status: 'failed' });
    }
  };

  const again = async () => {
    if (view.status !== 'ready') return load();
    const mine = ++generation;
    loadingMore = false;
    const rows: T[] = [];
    let page: Page<T> = { nodes: [], hasNextPage: true, endCursor: null };
    let read = 0;
    const wanted = Math.min(mostRefreshed, Math.max(1, pages));
    try {
      for (; read < wanted && page.hasNextPage; read += 1) {
        page = await pageOf(page.endCursor);
        if (mine !== generation) return;
        rows.push(...page.nodes);
      }
    } catch {
      return; // The next change, or the connection that comes back, asks again.
    }
    const settle = () => {
      waiting = null;
      cursor = page.endCursor;
      pages = read;
      update({ rows, hasMore: page.hasNextPage });
    };
    if (!held) return settle();
    const now = new Map(rows.map((row) => [row.id, row]));
    update({ rows: view.rows.map((row) => now.get(row.id) ?? row) });
    waiting = settle;
  };

  void load();
  return {
    get: () => view,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    page: pageOf,
    loadMore: () => {
      if (loadingMore || !view.hasMore || view.status !== 'ready' || waiting !== null) return;
      const mine = generation;
      loadingMore = true;
      pageOf(cursor).then(
        (page) => {
          if (mine !== generation) return;
          loadingMore = false;
          cursor = page.endCursor;
          pages += 1;
          const known = new Set(view.rows.map(({ id }) => id));
          update({ rows: [...view.rows, ...page.nodes.filter(({ id }) => !known.has(id))], hasMore: page.hasNextPage });
        },
        () => {
          if (mine === generation) loadingMore = false;
        },
      );
    },
    refresh: () => void again(),
    hold: (on) => {
      held = on;
      if (!on) waiting?.();
    },
    restart: () => void load(),
    stop: () => {
      generation += 1;
      watchers.clear();
    },
  };
}
