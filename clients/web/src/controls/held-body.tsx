import { ActionIcon } from '@mantine/core';
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { ArrowUpIcon, PauseIcon, PlayIcon } from '../icons.tsx';
import { useLanguage } from '../language/language.tsx';
import classes from './held-body.module.css';

/** A live list that can be held. */
interface HeldFeed {
  hold(reason: 'pointer', on: boolean): void;
  pause(on: boolean): void;
  takeIn(): void;
}

interface HeldView {
  readonly paused: boolean;
  /** What has come meanwhile, and waits. */
  readonly list: { readonly held: readonly unknown[] };
}

interface HeldBodyProps {
  readonly feed: HeldFeed;
  readonly view: HeldView;
  /** How many have come, in words. */
  arrived(count: number, text: string): string;
  readonly children: ReactNode;
}

/** A list that stands still while the pointer is in it, and says how many wait. */
export function HeldBody({ feed, view, arrived, children }: HeldBodyProps) {
  const { words, format } = useLanguage();
  const body = useRef<HTMLDivElement>(null);
  const held = view.list.held.length;
  useEffect(() => {
    // Another list under a pointer that rests: nobody says that it was entered. Where nothing can hover, what was tapped last would count.
    if (matchMedia('(hover: hover)').matches && body.current?.matches(':hover')) feed.hold('pointer', true);
    return () => feed.hold('pointer', false);
  }, [feed]);
  // React tells also of what happens in a dialog that was opened from the list, which stands elsewhere in the page.
  const over = ({ pointerType, currentTarget, nativeEvent }: PointerEvent<HTMLDivElement>) => {
    if (pointerType !== 'touch') feed.hold('pointer', currentTarget.contains(nativeEvent.target as Node));
  };
  return (
    <div
      ref={body}
      className={classes.body}
      onPointerEnter={over}
      // A list that appears under a pointer is not entered by it: React hears nothing of what was left, which is gone.
      onPointerMove={over}
      onPointerLeave={() => feed.hold('pointer', false)}
      onPointerDown={({ pointerType }) => pointerType === 'touch' && feed.hold('pointer', true)}
      onPointerUp={({ pointerType }) => pointerType === 'touch' && feed.hold('pointer', false)}
      onPointerCancel={() => feed.hold('pointer', false)}
    >
      {(held > 0 || view.paused) && (
        <button
          type="button"
          className={classes.pill}
          data-testid="held"
          onClick={() => {
            body.current?.querySelector('[data-scroller]')?.scrollTo({ top: 0 });
            feed.takeIn();
          }}
          disabled={held === 0}
        >
          {held > 0 && <ArrowUpIcon />}
          {[view.paused ? words.results.paused : null, held > 0 ? arrived(held, format.count(held)) : null].filter(Boolean).join(' · ')}
        </button>
      )}
      {children}
    </div>
  );
}

/** Holds a live list, or lets it go. */
export function PauseButton({ feed, view }: { feed: HeldFeed; view: HeldView }) {
  const { words } = useLanguage();
  const name = view.paused ? words.results.resume : words.results.pause;
  return (
    <ActionIcon
      variant={view.paused ? 'filled' : 'subtle'}
      color={view.paused ? 'jacket' : 'gray'}
      size="lg"
      aria-pressed={view.paused}
      aria-label={name}
      title={name}
      onClick={() => feed.pause(!view.paused)}
      data-testid="pause"
    >
      {view.paused ? <PlayIcon /> : <PauseIcon />}
    </ActionIcon>
  );
}
