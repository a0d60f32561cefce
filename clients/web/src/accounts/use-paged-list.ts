import type { ApolloClient } from '@apollo/client';
import { useEffect, useState } from 'react';
import { useFeed } from '../feed/badge.tsx';
import type { Page } from '../feed/live-list.ts';
import { useConnection } from '../session/session.tsx';
import type { AccountKind } from './accounts-signal.ts';
import { createPagedList, type PagedList } from './paged-list.ts';
import { useAccountsSignal } from './use-accounts-signal.ts';

/** A paged list of accounts for as long as the screen shows it; `sign` says when it is another one. It is asked for anew when one of `kinds` changes, and after every interruption. */
export function usePagedList<T extends { readonly id: string }>(
  sign: string,
  kinds: readonly AccountKind[],
  pageOf: (client: ApolloClient, after: string | null) => Promise<Page<T>>,
): PagedList<T> | null {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [list, setList] = useState<PagedList<T> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign says what is listed
  useEffect(() => {
    const created = createPagedList<T>((after) => pageOf(client, after));
    setList(created);
    return created.stop;
  }, [client, sign]);
  useAccountsSignal(kinds, () => list?.refresh());
  useEffect(() => {
    if (epoch > 1) list?.refresh();
  }, [list, epoch]);
  return list;
}
