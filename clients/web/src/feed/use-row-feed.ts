import type { ApolloClient } from '@apollo/client';
import { useEffect, useState } from 'react';
import { useConnection } from '../session/session.tsx';
import { useFeed } from './badge.tsx';
import { createRowFeed, type RowFeed, type RowSource } from './row-feed.ts';

/** After a reconnection the list is asked for twice: what was stored between the answer and the subscription's start would be missed otherwise. */
const secondLookMs = 2_000;

/** A live list for as long as the screen shows it; `sign` says when it is another one. It catches up after every interruption. */
export function useRowFeed<T extends { readonly id: string; readonly version: number }>(
  sign: string,
  sourceOf: (client: ApolloClient) => RowSource<T>,
): RowFeed<T> | null {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [feed, setFeed] = useState<RowFeed<T> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign says what the source lists
  useEffect(() => {
    const created = createRowFeed(sourceOf(client));
    setFeed(created);
    return created.stop;
  }, [client, sign]);
  useEffect(() => {
    if (feed === null || epoch === 0) return;
    if (epoch > 1) feed.catchUp();
    const second = setTimeout(feed.catchUp, secondLookMs);
    return () => clearTimeout(second);
  }, [feed, epoch]);
  return feed;
}
