import { type RefObject, useEffect, useState } from 'react';

export interface Sight {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

const overscan = 10;
/** The window moves in steps of some rows, so that a slow scroll does not render at every pixel. */
const step = 5;

/** Which of `count` rows of one height are worth having in the page. All lengths in pixels. */
export function rowsInSight(scrollTop: number, height: number, rowHeight: number, count: number): Sight {
  const top = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const first = Math.min(top - (top % step), Math.max(0, count - 1));
  const end = Math.ceil((scrollTop + height) / rowHeight) + overscan;
  return { first, end: Math.min(count, end + ((step - (end % step)) % step)) };
}

/** Follows what is in sight of a scrolling element. */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, rowHeight: number, count: number): Sight {
  const [place, setPlace] = useState({ scrollTop: 0, height: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () =>
      setPlace((before) => {
        const now = { scrollTop: element.scrollTop, height: element.clientHeight };
        const moved = rowsInSight(before.scrollTop, before.height, rowHeight, Number.MAX_SAFE_INTEGER);
        const here = rowsInSight(now.scrollTop, now.height, rowHeight, Number.MAX_SAFE_INTEGER);
        return moved.first === here.first && moved.end === here.end ? before : now;
      });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, rowHeight]);
  return rowsInSight(place.scrollTop, place.height, rowHeight, count);
}

/** In pixels; as high as the style sheet makes a row, which on a phone has two lines. */
export function useRowHeight(): number {
  const [height, setHeight] = useState(rowHeightNow);
  useEffect(() => {
    const measure = () => setHeight(rowHeightNow());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return height;
}

function rowHeightNow(): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round(rem * (matchMedia('(max-width: 47.99em)').matches ? 3.375 : 2.25));
}
