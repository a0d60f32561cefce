import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

const quietMs = 250;

/** A text kept in the address: as it is typed, and as it holds once there was quiet for a moment. */
export function useAddressText(name: string): { typed: string; settled: string; type(text: string): void } {
  const [search, setSearch] = useSearchParams();
  const settled = search.get(name) ?? '';
  const [typed, setTyped] = useState(settled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(settled);
  // The address changed by other means: a link, the way back.
  useEffect(() => {
    if (last.current === settled) return;
    last.current = settled;
    setTyped(settled);
  }, [settled]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = useRef(setSearch);
  set.current = setSearch;
  const type = useCallback(
    (text: string) => {
      setTyped(text);
      clearTimeout(timer.current);
      const settle = () => {
        last.current = text.trim();
        set.current(
          (before) => {
            const after = new URLSearchParams(before);
            if (text.trim() === '') after.delete(name);
            else after.set(name, text.trim());
            return after;
          },
          { replace: true },
        );
      };
      timer.current = setTimeout(settle, text === '' ? 0 : quietMs);
    },
    [name],
  );
  return { typed, settled, type };
}
