import type { ApolloClient } from '@apollo/client';
import type { PageOf } from '../feed/live-list.ts';
import { StockChangedDocument, type StockChangedSubscription } from '../generated/operations.ts';
import { listen } from '../graph/listen.ts';
import { type CellKey, type Stocked, withLevels } from './levels.ts';

type Level = StockChangedSubscription['stockChanged'];

export interface LevelView<T extends Stocked> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly rows: readonly T[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** Cells that have just changed, with when. */
  readonly fresh: ReadonlyMap<CellKey, number>;
}

export interface LevelFeed<T extends Stocked> {
  get(): LevelView<T>;
  watch(listener: () => void): () => void;
  onLow(listener: (productId: string, placeName: string) => void): () => void;
  /** Calls when something listed has changed. */
  onChange(listener: () => void): () => void;
  /** Asks for a page of the list, whatever is shown of it. */
  readonly page: PageOf<T>;
  loadMore(): void;
  restart(): void;
  stop(): void;
}

const flushMs = 250;
const freshMs = 1_500;
/** Products that are to be listed now come together. */
const anewMs = 1_000;
const mostBuffered = 5_000;

/**
 * Products with their stock by place: pages on demand, and each level as it changes.
 * `admits`: whether a level of a product that is not listed means that it is to be listed now.
 */
export function createLevelFeed<T extends Stocked>(
  client: ApolloClient,
  pageOf: PageOf<T>,
  admits: (level: Level) => boolean = () => false,
): LevelFeed<T> {
  let view: LevelView<T> = { status: 'loading', rows: [], hasMore: false, loadingMore: false, fresh: new Map() };
  let cursor: string | null = null;
  let generation = 0;
  let incoming: Level[] = [];
  /** While a page is on its way: what changed meanwhile may be newer than what is in it. */
  let meanwhile: Level[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let anew: ReturnType<typeof setTimeout> | undefined;
  const changers = new Set<() => void>();
  const watchers = new Set<() => void>();
  const lows = new Set<(productId: string, placeName: string) => void>();
  const update = (change: Partial<LevelView<T>>) => {
    view = { ...view, ...change };
    for (const watcher of watchers) watcher();
  };
  const flushSoon = () => {
    timer ??= setTimeout(flush, flushMs);
  };

  const flush = () => {
    timer = undefined;
    const now = Date.now();
    const { rows, changed, fallen } = withLevels(view.rows, incoming);
    const known = new Set(rows.map(({ id }) => id));
    if (incoming.some((level) => !known.has(level.product.id) && admits(level))) anew ??= setTimeout(again, anewMs);
    if (incoming.length > 0) for (const changer of changers) changer();
    incoming = [];
    const fresh = new Map([...view.fresh].filter(([, at]) => now - at < freshMs));
    for (const key of changed) fresh.set(key, now);
    if (rows !== view.rows || fresh.size !== view.fresh.size) update({ rows, fresh });
    for (const { product, place } of fallen) for (const low of lows) low(product.id, place.name);
    if (fresh.size > 0) flushSoon();
  };

  const again = () => {
    anew = undefined;
    void load(false);
  };

  const load = async (more: boolean) => {
    const mine = more ? generation : ++generation;
    meanwhile = [];
    if (more) update({ loadingMore: true });
    else update({ status: view.rows.length > 0 ? 'ready' : 'loading', loadingMore: true });
    try {
      const page = await pageOf(more ? cursor : null);
      if (mine !== generation) return;
      cursor = page.endCursor;
      const known = new Set(more ? view.rows.map(({ id }) => id) : []);
      const newcomers = withLevels(page.nodes, meanwhile).rows.filter(({ id }) => !known.has(id));
      update({ status: 'ready', rows: more ? [...view.rows, ...newcomers] : newcomers, hasMore: page.hasNextPage, loadingMore: false });
    } catch {
      if (mine === generation) update({ status: view.rows.length > 0 ? 'ready' : 'failed', loadingMore: false });
    }
  };

  const stopListening = listen(
    client,
    StockChangedDocument,
    { productId: null },
    {
      data: ({ stockChanged }) => {
        incoming.push(stockChanged);
        meanwhile.push(stockChanged);
        if (incoming.length > mostBuffered) incoming = incoming.slice(-mostBuffered);
        if (meanwhile.length > mostBuffered) meanwhile = meanwhile.slice(-mostBuffered);
        flushSoon();
      },
    },
  );
  void load(false);

  return {
    get: () => view,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    onLow: (listener) => {
      lows.add(listener);
      return () => lows.delete(listener);
    },
    onChange: (listener) => {
      changers.add(listener);
      return () => changers.delete(listener);
    },
    page: pageOf,
    loadMore: () => {
      if (view.hasMore && !view.loadingMore && view.status === 'ready') void load(true);
    },
    restart: () => void load(false),
    stop: () => {
      generation += 1;
      clearTimeout(timer);
      clearTimeout(anew);
      stopListening();
      watchers.clear();
      changers.clear();
      lows.clear();
    },
  };
}
