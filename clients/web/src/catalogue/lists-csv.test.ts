import { expect, test } from 'vitest';
import { categoriesCsv } from './categories-csv.ts';
import { suppliersCsv } from './suppliers-csv.ts';

const linesOf = (csv: string) => csv.replace('\ufeff', '').trimEnd().split('\r\n').slice(1);

test('categories are in the order of the tree, each with those it stands in', () => {
  const categories = [
    { id: '1', name: 'Boissons', productCount: 12, parent: null },
    { id: '2', name: 'Épicerie', productCount: 40, parent: null },
    { id: '3', name: 'Cafés', productCount: 7, parent: { id: '1' } },
  ];
  expect(linesOf(categoriesCsv(categories, 'fr'))).toEqual([
    '1;Boissons;;Boissons;12',
    '3;Cafés;1;Boissons > Cafés;7',
    '2;Épicerie;;Épicerie;40',
  ]);
});

test('a supplier without an address has an empty cell, and a name cannot run as a formula', () => {
  const suppliers = [
    { id: '1', name: '=Malvoisine', email: 'bonjour@example.org', leadTimeDays: 3 },
    { id: '2', name: 'Ferrand, Lille', email: null, leadTimeDays: 12 },
  ];
  expect(linesOf(suppliersCsv(suppliers, 'en'))).toEqual([`1,'=Malvoisine,bonjour@example.org,3`, '2,"Ferrand, Lille",,12']);
});
