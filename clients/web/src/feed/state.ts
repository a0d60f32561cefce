/** What a person may believe about the figures on the page. */
export type FeedPhase = 'connecting' | 'live' | 'reconnecting' | 'frozen' | 'offline';

export interface FeedState {
  readonly phase: FeedPhase;
  /** When the server was last heard, in ms since 1970; null before the first time. */
  readonly heardAt: number | null;
  /** When the connection was lost, in ms since 1970; null while it stands. */
  readonly lostAt: number | null;
  /** How often a connection stood: a new number means that something may have been missed. */
  readonly epoch: number;
}

export type FeedEvent =
  | { readonly type: 'connected'; readonly at: number }
  | { readonly type: 'heard'; readonly at: number }
  | { readonly type: 'closed'; readonly at: number }
  | { readonly type: 'tick'; readonly at: number }
  | { readonly type: 'network'; readonly up: boolean; readonly at: number };

/** A connection away for longer than this is no hiccup: the figures are called frozen. */
export const frozenAfterMs = 8_000;

export const initialFeed: FeedState = { phase: 'connecting', heardAt: null, lostAt: null, epoch: 0 };

/** The state of the live feed after an event of the socket, the clock or the network. */
export function nextFeed(state: FeedState, event: FeedEvent): FeedState {
  switch (event.type) {
    case 'connected':
      return { phase: 'live', heardAt: event.at, lostAt: null, epoch: state.epoch + 1 };
    case 'heard':
      return state.phase === 'live' ? { ...state, heardAt: event.at } : state;
    case 'closed':
      return state.lostAt === null ? { ...state, ...lost(state, event.at) } : state;
    case 'tick':
      return state.phase === 'reconnecting' && state.lostAt !== null && event.at - state.lostAt >= frozenAfterMs
        ? { ...state, phase: 'frozen' }
        : state;
    case 'network':
      if (!event.up) return { ...state, phase: 'offline', lostAt: state.lostAt ?? event.at };
      return state.phase === 'offline' ? { ...state, phase: state.epoch === 0 ? 'connecting' : 'reconnecting' } : state;
  }
}

function lost(state: FeedState, at: number): Pick<FeedState, 'phase' | 'lostAt'> {
  if (state.phase === 'offline') return { phase: 'offline', lostAt: at };
  return { phase: 'reconnecting', lostAt: at };
}
