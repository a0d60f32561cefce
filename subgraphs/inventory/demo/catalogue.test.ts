import { describe, expect, it } from 'vitest';
import { isEan13 } from '../domain/ean13.ts';
import { readProductInput } from '../domain/product.ts';
import { isSku } from '../domain/sku.ts';
import { makeDemoCatalogue } from './catalogue.ts';

const catalogue = makeDemoCatalogue();
const { products, categories, suppliers, places, stock } = catalogue;

describe('the catalogue of the demo', () => {
  it('is the same every time', () => {
    expect(makeDemoCatalogue()).toEqual(catalogue);
  });

  it('has about 300 products in a dozen departments, all different', () => {
    expect(products.length).toBeGreaterThanOrEqual(290);
    expect(categories.filter(({ parentId }) => parentId === null)).toHaveLength(12);
    for (const values of [products.map(({ name }) => name), products.map(({ sku }) => sku), products.map(({ barcode }) => barcode)]) {
      expect(new Set(values).size).toBe(products.length);
    }
  });

  it('holds what commands would let in', () => {
    for (const { sku, barcode, name, description, priceMinor, costMinor, taxPpm, alertThreshold } of products) {
      expect(readProductInput({ sku, barcode, name, description, priceMinor, costMinor, taxPpm, alertThreshold }).faults).toEqual([]);
      expect([isSku(sku), isEan13(barcode), /^2\d/.test(barcode)]).toEqual([true, true, true]);
      expect(costMinor).toBeLessThan(priceMinor);
      expect([55_000, 100_000, 200_000]).toContain(taxPpm);
    }
    expect(new Set(products.map(({ taxPpm }) => taxPpm)).size).toBe(3);
  });

  it('refers only to what is in it', () => {
    expect(products.map(({ id }) => id)).toEqual(products.map((_, index) => index + 1));
    expect(suppliers).toHaveLength(12);
    for (const { categoryId, supplierId } of products) {
      expect(categories.find(({ id }) => id === categoryId)?.parentId).toBeTypeOf('number');
      expect(suppliers.some(({ id }) => id === supplierId)).toBe(true);
    }
  });

  it('has five stores and a warehouse, products 1 and 5 in plenty, and here and there a shortage', () => {
    expect(places.map(({ kind }) => kind).sort()).toEqual(['STORE', 'STORE', 'STORE', 'STORE', 'STORE', 'WAREHOUSE']);
    expect(stock).toHaveLength(products.length * places.length);
    const inPlenty = stock.filter(({ productId }) => productId === 1 || productId === 5);
    expect(Math.min(...inPlenty.map(({ onHand }) => onHand))).toBeGreaterThanOrEqual(25);
    expect(stock.some(({ onHand }) => onHand === 0)).toBe(true);
  });
});
