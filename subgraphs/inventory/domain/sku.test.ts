import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSku, makeSku, normaliseSku } from './sku.ts';

describe('a SKU', () => {
  it('tells the product and its id', () => {
    expect(makeSku('Café Kenya 250 g', 301)).toBe('CAFE-KENY-250-000301');
    expect(makeSku('Bœuf séché', 2)).toBe('BOEU-SECH-000002');
    expect(makeSku('茶', 3)).toBe('000003');
  });

  it('that is made is always a good one', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 200 }), integer({ min: 1, max: 2_147_483_647 }), (name, id) =>
        isSku(makeSku(name, id)),
      ),
    );
  });

  it.each(['', '-A', 'A-', 'a', 'A B', 'É', 'A'.repeat(41)])('is not %j', (sku) => {
    expect(isSku(sku)).toBe(false);
  });

  it('is kept in upper case', () => {
    expect([normaliseSku(' abc-1 '), isSku(normaliseSku(' abc-1 '))]).toEqual(['ABC-1', true]);
  });
});
