import { describe, expect, it } from 'vitest';
import { step } from './matrix-keys.ts';

const extent = { rows: 10, columns: 4, page: 5 };
const from = { row: 3, column: 1 };

describe('keys in a grid', () => {
  it.each([
    ['ArrowUp', false, { row: 2, column: 1 }],
    ['ArrowRight', false, { row: 3, column: 2 }],
    ['PageDown', false, { row: 8, column: 1 }],
    ['PageUp', false, { row: 0, column: 1 }],
    ['End', false, { row: 3, column: 3 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 9, column: 3 }],
  ] as const)('%s (control: %s) leads to its cell', (key, control, to) => {
    expect(step(from, key, control, extent)).toEqual(to);
  });

  it('lead nowhere at the edge, and other keys not at all', () => {
    expect(step({ row: 9, column: 3 }, 'ArrowDown', false, extent)).toBeNull();
    expect(step(from, 'a', false, extent)).toBeNull();
  });
});
