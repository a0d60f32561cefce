import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

/**
 * A choice kept in the address, so that it can be sent to somebody and survives a reload. It holds at once; the address follows.
 * What is not among the options counts as the first of them, which stands in the address as nothing.
 */
export function useAddress<T extends string>(name: string, options: readonly [T, ...T[]]): [T, (next: T) => void] {
  const [search, setSearch] = useSearchParams();
  const given = options.find((option) => option === search.get(name)) ?? options[0];
  const [chosen, setChosen] = useState<T>(given);
  useEffect(() => setChosen(given), [given]);
  const choose = useCallback(
    (next: T) => {
      setChosen(next);
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (next === options[0]) after.delete(name);
          else after.set(name, next);
          return after;
        },
        { replace: true },
      );
    },
    [name, options, setSearch],
  );
  return [chosen, choose];
}
