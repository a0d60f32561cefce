import { type RefObject, useCallback, useEffect, useRef } from 'react';

const everyMs = 100;
const forMs = 3_000;

/**
 * What was done may take away the button that it was done with, and with it the focus. The function given is called once it is done: should the
 * focus be lost within the next seconds, it goes to `target`, and not to the beginning of the page.
 */
export function useFocusRescue(target: RefObject<HTMLElement | null>): () => void {
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => () => clearInterval(timer.current), []);
  return useCallback(() => {
    clearInterval(timer.current);
    const until = Date.now() + forMs;
    timer.current = setInterval(() => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost) target.current?.focus();
      if (lost || Date.now() > until) clearInterval(timer.current);
    }, everyMs);
  }, [target]);
}
