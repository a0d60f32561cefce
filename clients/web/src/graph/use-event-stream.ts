import { useEffect, useState } from 'react';
import { useConnection } from '../session/session.tsx';
import { followEventStream } from './event-stream.ts';

export interface Streamed<T> {
  /** The newest; null before the first. Stays while the stream is away. */
  readonly data: T | null;
  readonly phase: 'connecting' | 'live' | 'away' | 'refused';
  /** When something was last told, in ms since 1970. */
  readonly at: number | null;
}

/** The newest of what the gateway streams beside the graph, for as long as it is on the page. `read` gives null for what it cannot read. */
export function useEventStream<T>(address: string, read: (text: string) => T | null): Streamed<T> {
  const { headers } = useConnection();
  const [streamed, setStreamed] = useState<Streamed<T>>({ data: null, phase: 'connecting', at: null });
  useEffect(
    () =>
      followEventStream(address, headers, {
        event: ({ event, data }) => {
          const told = event === 'next' ? read(data) : null;
          if (told !== null) setStreamed({ data: told, phase: 'live', at: Date.now() });
        },
        phase: (phase) => setStreamed((before) => (before.phase === phase ? before : { ...before, phase })),
        refused: () => setStreamed((before) => ({ ...before, phase: 'refused' })),
      }),
    [address, headers, read],
  );
  return streamed;
}
