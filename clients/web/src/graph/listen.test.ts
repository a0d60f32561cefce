import type { ApolloClient } from '@apollo/client';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ComputeStatsDocument } from '../generated/operations.ts';
import { listen } from './listen.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The edge of the graph: every subscription that was asked for, to be fed by the test. */
function graph() {
  const asked: Subject<{ data?: unknown; error?: unknown }>[] = [];
  const client = {
    subscribe: () => {
      const stream = new Subject<{ data?: unknown; error?: unknown }>();
      asked.push(stream);
      return stream;
    },
  } as unknown as ApolloClient;
  return { client, asked };
}

describe('listening to a subscription', () => {
  it('hands on what comes', () => {
    const { client, asked } = graph();
    const data = vi.fn();
    listen(client, ComputeStatsDocument, {}, { data });
    asked[0]?.next({ data: 1 });
    expect(data).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('asks again after a growing wait when the server ends the stream', () => {
    const { client, asked } = graph();
    listen(client, ComputeStatsDocument, {}, { data: vi.fn() });
    asked[0]?.complete();
    vi.advanceTimersByTime(500);
    expect(asked).toHaveLength(2);
    asked[1]?.error(new Error('refused'));
    vi.advanceTimersByTime(500);
    expect(asked).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(asked).toHaveLength(3);
  });

  it('leaves a stream that is done alone', () => {
    const { client, asked } = graph();
    listen(client, ComputeStatsDocument, {}, { data: vi.fn(), endsWhen: (last) => last !== null });
    asked[0]?.next({ data: 1 });
    asked[0]?.complete();
    vi.advanceTimersByTime(60_000);
    expect(asked).toHaveLength(1);
  });

  it('lets go at once when it is no longer wanted', () => {
    const { client, asked } = graph();
    const stop = listen(client, ComputeStatsDocument, {}, { data: vi.fn() });
    stop();
    expect(asked[0]?.observed).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(asked).toHaveLength(1);
  });

  it('tells of an error within the stream and goes on', () => {
    const { client, asked } = graph();
    const trouble = vi.fn();
    const data = vi.fn();
    listen(client, ComputeStatsDocument, {}, { data, trouble });
    asked[0]?.next({ error: new Error('one event failed') });
    asked[0]?.next({ data: 2 });
    expect(trouble).toHaveBeenCalledOnce();
    expect(data).toHaveBeenCalledWith(2);
  });
});
