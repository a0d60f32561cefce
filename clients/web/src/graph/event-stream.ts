import { readEventStream, type StreamEvent } from './event-stream-lines.ts';

export interface StreamListener {
  event(event: StreamEvent): void;
  /** The stream stands, or was lost and is being asked for again. */
  phase(phase: 'live' | 'away'): void;
  /** The server will not give it to this person; it is not asked for again. */
  refused(): void;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** The gateway sends something every ten seconds: a stream that is silent for longer is dead without knowing it. */
const silenceMs = 25_000;

/**
 * Follows a stream of server-sent events for as long as it is wanted, each time with `headers` as they are by then; an EventSource can send none.
 * A lost one is asked for again after a growing, jittered wait, or when the server says so. Gives the function that stops it.
 */
export function followEventStream(address: string, headers: () => Record<string, string>, listener: StreamListener): () => void {
  const stopped = new AbortController();
  let waitMs = firstWaitMs;
  let toldMs: number | null = null;

  async function followOnce(): Promise<'ended' | 'refused'> {
    const silent = new AbortController();
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => silent.abort(), silenceMs);
    };
    heard();
    try {
      const response = await fetch(address, {
        headers: { ...headers(), Accept: 'text/event-stream' },
        cache: 'no-store',
        signal: AbortSignal.any([stopped.signal, silent.signal]),
      });
      if (response.status === 403) return 'refused';
      if (!response.ok || response.body === null) return 'ended';
      listener.phase('live');
      const reader = readEventStream({
        event: (event) => {
          waitMs = firstWaitMs;
          listener.event(event);
        },
        retry: (told) => {
          toldMs = Math.min(told, longestWaitMs);
        },
      });
      // Not every browser can iterate a stream.
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await pieces.read();
        if (done) return 'ended';
        heard();
        reader.push(value);
      }
    } finally {
      clearTimeout(quiet);
    }
  }

  async function follow(): Promise<void> {
    while (!stopped.signal.aborted) {
      let outcome: 'ended' | 'refused' = 'ended';
      try {
        outcome = await followOnce();
      } catch (error) {
        // No network, no server, or nothing heard: as good as ended.
        if (!isLoss(error)) throw error;
      }
      if (stopped.signal.aborted) return;
      if (outcome === 'refused') return listener.refused();
      listener.phase('away');
      await pause(toldMs ?? waitMs * (0.6 + Math.random() * 0.4), stopped.signal);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
      toldMs = null;
    }
  }

  void follow();
  return () => stopped.abort();
}

const isLoss = (error: unknown) => error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError');

/** Over at once when the network comes back or nobody listens any more. */
function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, waitMs);
  const over = () => resolve();
  window.addEventListener('online', over);
  signal.addEventListener('abort', over, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    window.removeEventListener('online', over);
    signal.removeEventListener('abort', over);
  });
}
