import { expect, test } from 'vitest';
import { wantedCursor, wantedCursorOverHttp } from './wanted-cursor.ts';

test('a cursor is text; null asks to be told where it begins; anything else is refused', () => {
  expect(wantedCursor(undefined)).toEqual({ after: null, marks: false });
  expect(wantedCursor({})).toEqual({ after: null, marks: false });
  expect(wantedCursor({ cursor: null })).toEqual({ after: null, marks: true });
  expect(wantedCursor({ cursor: 'c' })).toEqual({ after: 'c', marks: false });
  for (const cursor of [1, [], {}, false])
    expect(() => wantedCursor({ cursor })).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
});

test('over HTTP the last event id counts before the extensions, and these before the address', () => {
  const wanted = (given: { lastId?: string; extensions?: object; address?: unknown }) =>
    wantedCursorOverHttp({ query: '', extensions: { ...given.extensions } }, {
      headers: given.lastId === undefined ? {} : { 'last-event-id': given.lastId },
      query: { cursor: given.address },
    } as never).after;
  expect(wanted({ lastId: 'newest', extensions: { cursor: 'old' }, address: 'older' })).toBe('newest');
  expect(wanted({ lastId: '', extensions: { cursor: 'old' }, address: 'older' })).toBe('old');
  expect(wanted({ extensions: { cursor: null }, address: 'older' })).toBeNull();
  expect(wanted({ address: 'older' })).toBe('older');
  expect(wanted({ address: '' })).toBeNull();
  expect(wanted({ address: ['a', 'b'] })).toBeNull();
});
