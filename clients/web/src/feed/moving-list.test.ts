import { describe, expect, it } from 'vitest';
import { emptyList, listOfPage } from './live-list.ts';
import { settle, takeIn } from './moving-list.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly open: boolean;
}

const row = (id: string, version = 1, open = true): Row => ({ id, version, open });
const list = (...rows: Row[]) => listOfPage({ nodes: rows, hasNextPage: false, endCursor: null });
const isOpen = ({ open }: Row) => open;

describe('a list whose rows change', () => {
  it('puts newcomers on top, the newest first', () => {
    expect(takeIn(list(row('a')), [row('b'), row('c')], isOpen, false).rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('changes a row in place, and never back to an older version', () => {
    const changed = takeIn(list(row('a'), row('b', 3)), [row('b', 4), row('b', 2)], isOpen, false);
    expect(changed.rows).toEqual([row('a'), row('b', 4)]);
    expect(takeIn(changed, [row('b', 3)], isOpen, false)).toBe(changed);
  });

  it('lets go of what does not belong any more, and does not take in what never did', () => {
    expect(takeIn(list(row('a'), row('b')), [row('b', 2, false), row('c', 1, false)], isOpen, false).rows).toEqual([row('a')]);
  });

  it('moves nothing while somebody reads', () => {
    const held = takeIn(list(row('a'), row('b')), [row('b', 2, false), row('c')], isOpen, true);
    expect(held.rows).toEqual([row('a'), row('b', 2, false)]);
    expect(held.held).toEqual([row('c')]);
    expect(settle(held, isOpen)).toMatchObject({ rows: [row('c'), row('a')], held: [] });
  });

  it('forgets a newcomer that left before it was shown', () => {
    const held = takeIn(emptyList, [row('c')], isOpen, true);
    expect(takeIn(held, [row('c', 2, false)], isOpen, true).held).toEqual([]);
  });

  it('stays the same object when nothing changes', () => {
    const before = list(row('a'));
    expect(takeIn(before, [row('a')], isOpen, false)).toBe(before);
  });
});
