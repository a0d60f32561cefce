import { useCallback, useRef } from 'react';
import { newIdempotencyKey } from '../session/new-key.ts';

/** Keys that make a creation safe to repeat: one that failed keeps its key, so that sent again unchanged it cannot create two. */
export function useRetryKey(): { keyFor(input: object): string; forget(): void } {
  const unsent = useRef<{ sign: string; key: string } | null>(null);
  const keyFor = useCallback((input: object) => {
    const sign = JSON.stringify(input);
    if (unsent.current?.sign !== sign) unsent.current = { sign, key: newIdempotencyKey() };
    return unsent.current.key;
  }, []);
  const forget = useCallback(() => {
    unsent.current = null;
  }, []);
  return { keyFor, forget };
}
