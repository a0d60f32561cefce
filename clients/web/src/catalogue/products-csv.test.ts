import { expect, test } from 'vitest';
import { productsCsv } from './products-csv.ts';

test('products are exported with their price and what is available of them at all places', () => {
  const level = (id: string, available: number) => ({ onHand: 9, allocated: 9 - available, available, low: false, place: { id } });
  const product = {
    id: '1',
    sku: '-CAF-1',
    name: 'Café, 1 kg',
    available: 13,
    active: true,
    alertThreshold: 5,
    price: { amount: '12.50', minor: '1250', currency: 'EUR' },
    category: null,
    stock: [level('1', 4), level('2', 9)],
  };
  expect(productsCsv([product], 'fr').replace('\ufeff', '').trimEnd().split('\r\n')).toEqual([
    'id;sku;name;category;price;currency;available;alert_threshold;active',
    `1;'-CAF-1;"Café, 1 kg";;12,50;EUR;13;5;true`,
  ]);
});
