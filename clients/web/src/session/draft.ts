import { useCallback, useState } from 'react';

/** Kept in the tab, so that nothing typed is lost when the key expires, the page reloads or the reader looks elsewhere. */
export function useDraft<T>(name: string, initial: T): [T, (next: T) => void] {
  const key = `comptoir.draft.${name}`;
  const [draft, setDraft] = useState<T>(() => read(key) ?? initial);
  const keep = useCallback(
    (next: T) => {
      setDraft(next);
      try {
        sessionStorage.setItem(key, JSON.stringify(next));
      } catch {
        // The tab's storage is full: the draft still lives in the page.
        sessionStorage.removeItem(key);
      }
    },
    [key],
  );
  return [draft, keep];
}

function read<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    // Written by another version of the page.
    return null;
  }
}
