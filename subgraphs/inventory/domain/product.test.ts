import { describe, expect, it } from 'vitest';
import { readProductInput } from './product.ts';

describe('what is told of a product', () => {
  it('becomes columns, without what was not said', () => {
    const { columns, faults } = readProductInput({
      name: ' Café ',
      sku: 'caf-1',
      barcode: '',
      description: null,
      costMinor: null,
      categoryId: '3',
    });
    expect(faults).toEqual([]);
    expect(columns).toEqual({ name: 'Café', sku: 'CAF-1', barcode: null, description: null, cost_minor: null, category_id: 3 });
  });

  it('is refused with every fault at once', () => {
    const { faults } = readProductInput({
      name: '  ',
      sku: 'a b',
      barcode: '123',
      description: 'x'.repeat(5_001),
      priceMinor: -1,
      costMinor: 0.5,
      taxPpm: null,
      alertThreshold: 2_000_000,
    });
    expect(faults.map(({ path }) => path[1])).toEqual([
      'name',
      'sku',
      'barcode',
      'description',
      'costMinor',
      'priceMinor',
      'taxPpm',
      'alertThreshold',
    ]);
  });

  it('may name a category that cannot exist', () => {
    expect(readProductInput({ categoryId: 'x' }).unknown).toEqual({ what: 'category', id: 'x' });
    expect(readProductInput({ supplierId: '99999999999' }).unknown).toEqual({ what: 'supplier', id: '99999999999' });
    expect(readProductInput({ categoryId: null })).toMatchObject({ unknown: null, columns: { category_id: null } });
  });
});
