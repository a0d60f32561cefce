import { type FeedEvent, type FeedState, initialFeed, nextFeed } from './state.ts';

/** The state of the feed with those who watch it. */
export interface FeedStore {
  get(): FeedState;
  watch(listener: () => void): () => void;
  tell(event: FeedEvent): void;
  stop(): void;
}

/** Feeds clock and network into the state; the socket's events are told by whoever owns the socket. */
export function createFeedStore(): FeedStore {
  let state = navigator.onLine ? initialFeed : nextFeed(initialFeed, { type: 'network', up: false, at: Date.now() });
  const listeners = new Set<() => void>();
  const tell = (event: FeedEvent) => {
    const next = nextFeed(state, event);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const online = () => tell({ type: 'network', up: true, at: Date.now() });
  const offline = () => tell({ type: 'network', up: false, at: Date.now() });
  const clock = setInterval(() => tell({ type: 'tick', at: Date.now() }), 1_000);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return {
    get: () => state,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell,
    stop: () => {
      clearInterval(clock);
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      listeners.clear();
    },
  };
}
