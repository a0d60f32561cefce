import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useLanguage } from '../language/language.tsx';
import { useConnection } from '../session/session.tsx';
import classes from './badge.module.css';
import type { FeedState } from './state.ts';

export function useFeed(): FeedState {
  const { feed } = useConnection();
  return useSyncExternalStore(feed.watch, feed.get);
}

/** Says whether what stands on the page is live, and since when it is not. */
export function FeedBadge() {
  const feed = useFeed();
  const { words, format } = useLanguage();
  const { say } = useAnnouncer();
  const before = useRef(feed.phase);
  useEffect(() => {
    const was = before.current;
    before.current = feed.phase;
    if (was === 'live' && feed.phase !== 'live') say(words.feed.interrupted);
    if (was !== 'live' && was !== 'connecting' && feed.phase === 'live') say(words.feed.back);
  }, [feed.phase, say, words]);

  const frozen = feed.heardAt === null ? words.feed.frozenNever : words.feed.frozen(format.time(feed.heardAt));
  const text = feed.phase === 'frozen' ? frozen : words.feed[feed.phase];
  return (
    <span
      className={classes.badge}
      data-phase={feed.phase}
      data-testid="feed-state"
      title={feed.heardAt === null ? words.feed.label : words.feed.lastHeard(format.time(feed.heardAt))}
    >
      <span className={classes.dot} aria-hidden />
      <VisuallyHidden>{words.feed.label} : </VisuallyHidden>
      <span>{text}</span>
    </span>
  );
}
