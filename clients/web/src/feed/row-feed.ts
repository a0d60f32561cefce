import { appendOlder, catchUp, emptyList, type LiveList, listOfPage, newestRows, type Page, type PageOf } from './live-list.ts';
import { marked } from './marks.ts';
import { settle, takeIn } from './moving-list.ts';

export type HoldReason = 'pointer' | 'focus' | 'scroll';

interface Row {
  readonly id: string;
  readonly version: number;
}

export interface RowView<T extends { readonly id: string }> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly list: LiveList<T>;
  readonly loadingOlder: boolean;
  readonly paused: boolean;
  /** Rows that have just come, by id, with when. */
  readonly fresh: ReadonlyMap<string, number>;
}

export interface RowSource<T extends Row> {
  /** A page of rows, newest first. */
  readonly page: PageOf<T>;
  /** Calls for each row that comes or changes; gives what stops it. */
  changes(take: (row: T) => void): () => void;
  /** Whether a row, as it is now, is of those listed. */
  belongs(row: T): boolean;
}

export interface RowFeed<T extends { readonly id: string }> {
  get(): RowView<T>;
  watch(listener: () => void): () => void;
  onArrival(listener: (count: number) => void): () => void;
  onChange(listener: () => void): () => void;
  hold(reason: HoldReason, on: boolean): void;
  pause(on: boolean): void;
  /** Shows what was held, even while paused. */
  takeIn(): void;
  /** Asks for a page of the list, whatever is shown of it. */
  readonly page: PageOf<T>;
  loadOlder(): void;
  /** After an interruption: what was missed. */
  catchUp(): void;
  restart(): void;
  stop(): void;
}

const flushMs = 250;
const catchUpPages = 3;
const mostBuffered = 5_000;

/** A live list whose rows change: pages on demand, one subscription, and stillness while somebody reads. */
export function createRowFeed<T extends Row>(source: RowSource<T>): RowFeed<T> {
  let view: RowView<T> = { status: 'loading', list: emptyList, loadingOlder: false, paused: false, fresh: new Map() };
  let generation = 0;
  let incoming: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const holds = new Set<HoldReason>();
  const watchers = new Set<() => void>();
  const arrivals = new Set<(count: number) => void>();
  const changers = new Set<() => void>();
  const holding = () => view.paused || holds.size > 0;
  const update = (change: Partial<RowView<T>>) => {
    view = { ...view, ...change };
    for (const watcher of watchers) watcher();
  };
  const marksOf = ({ rows }: LiveList<T>) => marked(view.fresh, rows, view.status === 'ready' ? view.list.rows : rows, Date.now());
  const flushSoon = () => {
    timer ??= setTimeout(flush, flushMs);
  };

  const flush = () => {
    timer = undefined;
    const before = view.list;
    const list = takeIn(before, incoming, source.belongs, holding());
    if (incoming.length > 0) for (const changer of changers) changer();
    incoming = [];
    const fresh = marksOf(list);
    if (list !== before || fresh !== view.fresh) update({ list, fresh });
    const known = new Set([...before.rows, ...before.held].map(({ id }) => id));
    const count = list === before ? 0 : [...list.rows, ...list.held].filter(({ id }) => !known.has(id)).length;
    if (count > 0) for (const arrival of arrivals) arrival(count);
    if (fresh.size > 0) flushSoon();
  };

  const load = async () => {
    const mine = ++generation;
    update({ status: 'loading', list: emptyList, fresh: new Map(), loadingOlder: false });
    try {
      const page = await source.page(null);
      if (mine !== generation) return;
      update({ status: 'ready', list: listOfPage(page) });
      flushSoon();
    } catch {
      if (mine === generation) update({ status: 'failed' });
    }
  };

  const reach = async () => {
    if (view.status !== 'ready') return load();
    const mine = generation;
    let newest: Page<T>;
    try {
      newest = await newestRows(source.page, view.list, catchUpPages);
      if (mine !== generation) return;
    } catch {
      return; // The connection went again; the next one catches up.
    }
    update({ list: catchUp(view.list, newest, (missed) => takeIn(view.list, missed, source.belongs, holding())) });
  };

  const letGo = () => {
    if (holding()) return;
    const list = settle(view.list, source.belongs);
    if (list !== view.list) update({ fresh: marksOf(list), list });
    flushSoon();
  };

  const stopListening = source.changes((row) => {
    incoming.push(row);
    if (incoming.length > mostBuffered) incoming = incoming.slice(-mostBuffered);
    flushSoon();
  });
  void load();

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
    onChange: (listener) => {
      changers.add(listener);
      return () => changers.delete(listener);
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
      const list = settle(view.list, source.belongs);
      update({ fresh: marksOf(list), list });
    },
    page: source.page,
    loadOlder: () => {
      if (view.loadingOlder || !view.list.hasOlder || view.status !== 'ready') return;
      const mine = generation;
      update({ loadingOlder: true });
      source.page(view.list.cursor).then(
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
    stop: () => {
      generation += 1;
      clearTimeout(timer);
      stopListening();
      watchers.clear();
      arrivals.clear();
      changers.clear();
    },
  };
}
