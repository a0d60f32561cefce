import type { ApolloClient } from '@apollo/client';
import { useEffect, useState } from 'react';
import { useFeed } from '../feed/badge.tsx';
import type { Page } from '../feed/live-list.ts';
import { useConnection } from '../session/session.tsx';
import { createLevelFeed, type LevelFeed } from './level-feed.ts';
import type { Stocked } from './levels.ts';

/** Products with their stock for as long as the screen shows them; `sign` says when they are others. */
export function useLevelFeed<T extends Stocked>(
  sign: string,
  pageOf: (client: ApolloClient, after: string | null) => Promise<Page<T>>,
  admits?: (level: { readonly low: boolean }) => boolean,
): LevelFeed<T> | null {
  const { client } = useConnection();
  const { epoch } = useFeed();
  const [feed, setFeed] = useState<LevelFeed<T> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign says what is listed
  useEffect(() => {
    const created = createLevelFeed<T>(client, (after) => pageOf(client, after), admits);
    setFeed(created);
    return created.stop;
  }, [client, sign]);
  useEffect(() => {
    if (epoch > 1) feed?.restart();
  }, [feed, epoch]);
  return feed;
}
