import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { RowFeed, RowView } from '../feed/row-feed.ts';
import { useAnnouncer } from '../frame/announcer.tsx';
import { useLanguage } from '../language/language.tsx';
import { ExportButton } from './export-button.tsx';
import { HeldBody, PauseButton } from './held-body.tsx';
import { Panel } from './panel.tsx';
import { Lines, Trouble } from './quiet.tsx';
import { ViewsButton } from './views-button.tsx';

interface LivePanelProps<T extends { readonly id: string; readonly version: number }> {
  readonly feed: RowFeed<T>;
  /** Under which its views are saved. */
  readonly name: string;
  readonly className: string | undefined;
  readonly words: {
    readonly title: string;
    readonly failed: string;
    readonly exportFile: string;
    /** How many wait while the list is held, and how many have come. */
    arrived(count: number, text: string): string;
    announce(count: number, text: string): string;
  };
  csv(rows: readonly T[], language: 'fr' | 'en'): string;
  /** What else can be done with the list, before what can be done with every list. */
  readonly aside?: (view: RowView<T>) => ReactNode;
  /** What stands there where there is no row. */
  readonly empty: ReactNode;
  readonly children: (view: RowView<T>) => ReactNode;
}

/** A list that changes while it is read: held, paused, exported, and its views saved. */
export function LivePanel<T extends { readonly id: string; readonly version: number }>(props: LivePanelProps<T>) {
  const { feed, name, className, words, csv, aside, empty, children } = props;
  const { format } = useLanguage();
  const { say } = useAnnouncer();
  const view = useSyncExternalStore(feed.watch, feed.get);
  useEffect(() => feed.onArrival((count) => say(words.announce(count, format.count(count)))), [feed, say, words, format]);
  const none = view.list.rows.length === 0 && view.list.held.length === 0;
  return (
    <Panel
      title={words.title}
      className={className}
      testId={`${name}-panel`}
      aside={
        <>
          {aside?.(view)}
          <PauseButton feed={feed} view={view} />
          <ViewsButton list={name} />
          <ExportButton rows={view.list.rows} page={feed.page} file={words.exportFile} csv={csv} />
        </>
      }
    >
      <HeldBody feed={feed} view={view} arrived={words.arrived}>
        {view.status === 'failed' && none && <Trouble title={words.failed} onRetry={feed.restart} />}
        {view.status === 'loading' && none && <Lines count={10} />}
        {view.status === 'ready' && none && empty}
        {!none && children(view)}
      </HeldBody>
    </Panel>
  );
}
