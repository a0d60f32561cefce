import { describe, expect, it } from 'vitest';
import {
  blankFields,
  changedFields,
  createInput,
  faultsOf,
  fieldNamed,
  type ProductFields,
  rebase,
  updateInput,
} from './product-fields.ts';

const words = { name: 'nom', price: 'prix', tax: 'taux', barcode: 'code', threshold: 'seuil', initialStock: 'stock', cost: 'achat' };
const right: ProductFields = { ...blankFields, name: 'Savon', price: '4,90', tax: '5,5', barcode: '2000000000015', category: '7' };

describe('a product’s sheet', () => {
  it('names every fault by its field', () => {
    expect(faultsOf(right, words)).toEqual({});
    expect(faultsOf({ ...right, name: ' ', price: 'x', tax: '101', barcode: '123', threshold: '1,5', cost: '-1' }, words)).toEqual({
      name: 'nom',
      price: 'prix',
      tax: 'taux',
      barcode: 'code',
      threshold: 'seuil',
      cost: 'achat',
    });
  });

  it('knows a wrong check digit', () => {
    expect(faultsOf({ ...right, barcode: '2000000000016' }, words)).toEqual({ barcode: 'code' });
  });

  it('becomes what the graph takes; a SKU that was left out is not sent', () => {
    expect(createInput(right)).toEqual({
      name: 'Savon',
      barcode: '2000000000015',
      description: null,
      priceMinor: 490,
      costMinor: null,
      taxPpm: 55_000,
      categoryId: '7',
      supplierId: null,
      alertThreshold: 10,
      initialStock: 0,
    });
  });

  it('sends only what was changed, with the version it was read at', () => {
    expect(updateInput(right, { ...right, price: '5', category: '' }, 3)).toEqual({
      priceMinor: 500,
      categoryId: null,
      expectedVersion: 3,
    });
    expect(changedFields(right, { ...right, name: 'Savon ' })).toEqual([]);
  });

  it('puts my changes on what another has saved', () => {
    const mine = { ...right, price: '5,00' };
    const theirs = { ...right, name: 'Savon de Marseille', price: '4,50' };
    expect(rebase(right, mine, theirs)).toEqual({ ...right, name: 'Savon de Marseille', price: '5,00' });
  });

  it('knows its fields by the names of the graph', () => {
    expect([fieldNamed('priceMinor'), fieldNamed('sku'), fieldNamed('nothing')]).toEqual(['price', 'sku', undefined]);
  });
});
