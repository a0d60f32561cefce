import { describe, expect, it } from 'vitest';
import { appendOlder, arrive, catchUp, emptyList, listOfPage, mostRows, type Page, release } from './live-list.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const page = (...ids: string[]): Page<{ id: string }> => ({ nodes: rows(...ids), hasNextPage: true, endCursor: `after-${ids.at(-1)}` });
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('');

describe('a live list', () => {
  it('puts what arrives on top, newest first', () => {
    expect(ids(arrive(listOfPage(page('b', 'a')), rows('c', 'd'), false).rows)).toBe('dcba');
  });

  it('holds what arrives while the reader is in it, and shows it when let go', () => {
    const held = arrive(arrive(listOfPage(page('b', 'a')), rows('c'), true), rows('d'), true);
    expect(ids(held.rows)).toBe('ba');
    expect(held.held).toHaveLength(2);
    expect(ids(release(held).rows)).toBe('dcba');
    expect(release(held).held).toHaveLength(0);
  });

  it('shows what was held together with what arrives next', () => {
    const held = arrive(listOfPage(page('a')), rows('b'), true);
    expect(ids(arrive(held, rows('c'), false).rows)).toBe('cba');
  });

  it('never shows a row twice, whichever way it comes', () => {
    let list = arrive(listOfPage(page('c', 'b')), rows('c', 'd', 'd'), true);
    list = arrive(list, rows('d'), true);
    list = appendOlder(list, page('b', 'a'));
    expect(ids(list.rows)).toBe('cba');
    expect(ids(list.held)).toBe('d');
  });

  it('goes on with older pages where the last one ended', () => {
    const list = appendOlder(listOfPage(page('d', 'c')), { nodes: rows('b', 'a'), hasNextPage: false, endCursor: 'end' });
    expect(ids(list.rows)).toBe('dcba');
    expect(list).toMatchObject({ hasOlder: false, cursor: 'end' });
  });

  it('takes in exactly what was missed during an interruption', () => {
    const before = listOfPage(page('b', 'a'));
    const list = catchUp(before, page('d', 'c', 'b'), (missed) => arrive(before, missed, false));
    expect(ids(list.rows)).toBe('dcba');
    expect(list.cursor).toBe('after-a');
  });

  it('does not move what the reader looks at when it catches up', () => {
    const before = listOfPage(page('b', 'a'));
    const list = catchUp(before, page('c', 'b'), (missed) => arrive(before, missed, true));
    expect(ids(list.rows)).toBe('ba');
    expect(ids(list.held)).toBe('c');
  });

  it('begins anew where too much was missed to close the gap', () => {
    const before = listOfPage(page('b', 'a'));
    const list = catchUp(before, page('z', 'y'), (missed) => arrive(before, missed, false));
    expect(ids(list.rows)).toBe('zy');
    expect(list.cursor).toBe('after-y');
  });

  it('stays bounded and says that it dropped the oldest', () => {
    const many = Array.from({ length: mostRows + 5 }, (_, index) => ({ id: String(index) }));
    const list = arrive(emptyList as ReturnType<typeof listOfPage<{ id: string }>>, many, false);
    expect(list.rows).toHaveLength(mostRows);
    expect(list.rows[0]?.id).toBe(String(mostRows + 4));
    expect(list).toMatchObject({ trimmed: true, hasOlder: false });
  });
});
