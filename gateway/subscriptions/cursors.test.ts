import { expect, test } from 'vitest';
import { createCursors, cursorSubject } from './cursors.ts';

const cursors = createCursors('a secret that only tests know');
const subject = cursorSubject('log', 'done', { worker: 'w1', since: 5 }, 'CLERK');

test('a cursor opens for what it was signed for, on every gateway with the secret', () => {
  const text = cursors.sign('b51e5e90.123', subject);
  expect(createCursors('a secret that only tests know').open(text, subject)).toBe('b51e5e90.123');
  expect(createCursors('another secret of the same kind').open(text, subject)).toBeNull();
  // The order in which arguments are written says nothing.
  expect(cursorSubject('log', 'done', { since: 5, worker: 'w1' }, 'CLERK')).toBe(subject);
});

test('it does not open for another subgraph, field, argument or rights', () => {
  const text = cursors.sign('b51e5e90.123', subject);
  for (const other of [
    cursorSubject('other', 'done', { worker: 'w1', since: 5 }, 'CLERK'),
    cursorSubject('log', 'begun', { worker: 'w1', since: 5 }, 'CLERK'),
    cursorSubject('log', 'done', { worker: 'w2', since: 5 }, 'CLERK'),
    cursorSubject('log', 'done', { since: 5 }, 'CLERK'),
    cursorSubject('log', 'done', { worker: 'w1', since: 5 }, 'ADMIN'),
  ])
    expect(cursors.open(text, other)).toBeNull();
});

test('what was changed anywhere, or is no cursor, does not open', () => {
  for (const cursor of ['b51e5e90.1', 'b51e5e90.12', 'b51e5e90.123']) {
    const text = cursors.sign(cursor, subject);
    for (let index = 0; index < text.length; index++) {
      for (const character of ['A', 'B', 'g', '_']) {
        const changed = `${text.slice(0, index)}${character}${text.slice(index + 1)}`;
        if (changed !== text) expect(cursors.open(changed, subject), changed).toBeNull();
      }
    }
  }
  const text = cursors.sign('b51e5e90.123', subject);
  for (const no of ['', '.', 'x', `${text}.`, `${text}=`, text.replace('.', ''), `.${text.split('.')[1]}`, 'x'.repeat(10_000)])
    expect(cursors.open(no, subject), no).toBeNull();
});
