import { describe, expect, it } from 'vitest';
import { type FeedEvent, frozenAfterMs, initialFeed, nextFeed } from './state.ts';

const after = (...events: FeedEvent[]) => events.reduce(nextFeed, initialFeed);

describe('the state of the feed', () => {
  it('is live once connected', () => {
    expect(after({ type: 'connected', at: 1 })).toEqual({ phase: 'live', heardAt: 1, lostAt: null, epoch: 1 });
  });

  it('says reconnecting as soon as the socket closes', () => {
    expect(after({ type: 'connected', at: 1 }, { type: 'closed', at: 5 })).toMatchObject({ phase: 'reconnecting', heardAt: 1, lostAt: 5 });
  });

  it('is frozen at the moment last heard when the connection stays away', () => {
    const lost = after({ type: 'connected', at: 1 }, { type: 'heard', at: 4 }, { type: 'closed', at: 5 });
    expect(nextFeed(lost, { type: 'tick', at: 5 + frozenAfterMs - 1 }).phase).toBe('reconnecting');
    expect(nextFeed(lost, { type: 'tick', at: 5 + frozenAfterMs })).toMatchObject({ phase: 'frozen', heardAt: 4 });
  });

  it('keeps the first moment of loss over failed attempts', () => {
    expect(after({ type: 'connected', at: 1 }, { type: 'closed', at: 5 }, { type: 'closed', at: 9 }).lostAt).toBe(5);
  });

  it('counts a new epoch with every connection, so that lists catch up', () => {
    expect(after({ type: 'connected', at: 1 }, { type: 'closed', at: 2 }, { type: 'connected', at: 3 })).toMatchObject({
      phase: 'live',
      epoch: 2,
    });
  });

  it('is offline while the machine has no network, whatever the socket says', () => {
    const offline = after({ type: 'connected', at: 1 }, { type: 'network', up: false, at: 2 }, { type: 'closed', at: 3 });
    expect(offline).toMatchObject({ phase: 'offline', lostAt: 2 });
    expect(nextFeed(offline, { type: 'network', up: true, at: 4 }).phase).toBe('reconnecting');
  });

  it('ignores a late message of a connection that is gone', () => {
    const gone = after({ type: 'connected', at: 1 }, { type: 'closed', at: 2 });
    expect(nextFeed(gone, { type: 'heard', at: 3 })).toBe(gone);
  });
});
