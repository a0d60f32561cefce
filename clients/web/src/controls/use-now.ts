import { useEffect, useState } from 'react';

/** The clock, in ms since 1970, that goes on every `everyMs` while something on the page counts. */
export function useNow(counting: boolean, everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!counting) return;
    setNow(Date.now());
    const clock = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(clock);
  }, [counting, everyMs]);
  return now;
}
