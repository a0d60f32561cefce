import { describe, expect, it } from 'vitest';
import { availableOf, type Stocked, type ToldLevel, withLevels } from './levels.ts';

const cell = (place: string, onHand: number, allocated = 0, low = false) => ({
  onHand,
  allocated,
  available: onHand - allocated,
  low,
  place: { id: place },
});
const told = (product: string, place: string, onHand: number, allocated = 0, low = false): ToldLevel => ({
  ...cell(place, onHand, allocated, low),
  product: { id: product },
  place: { id: place, name: `Lieu ${place}` },
});
const rows: readonly Stocked[] = [
  { id: '1', stock: [cell('a', 20), cell('b', 5)] },
  { id: '2', stock: [cell('a', 3)] },
];

describe('levels as they are told', () => {
  it('change their cell only, the last of several counts', () => {
    const { rows: next, changed } = withLevels(rows, [told('1', 'a', 18), told('1', 'a', 17, 2)]);
    expect(next[0]?.stock).toEqual([cell('a', 17, 2), cell('b', 5)]);
    expect(next[1]).toBe(rows[1]);
    expect([...changed]).toEqual(['1:a']);
    expect(availableOf(next[0] as Stocked)).toBe(20);
  });

  it('tell what fell below its threshold, once', () => {
    const first = withLevels(rows, [told('1', 'b', 1, 0, true)]);
    expect(first.fallen.map(({ place }) => place.name)).toEqual(['Lieu b']);
    expect(withLevels(first.rows, [told('1', 'b', 0, 0, true)]).fallen).toEqual([]);
  });

  it('bring a place the product was not at before', () => {
    expect(withLevels(rows, [told('2', 'b', 9)]).rows[1]?.stock.at(-1)).toEqual(cell('b', 9));
  });

  it('leave everything as it is where nothing is new or nobody is concerned', () => {
    expect(withLevels(rows, [told('1', 'a', 20)]).rows).toBe(rows);
    expect(withLevels(rows, [told('9', 'a', 1)]).rows).toBe(rows);
  });
});
