import { expect, test } from 'vitest';
import { stockCsv } from './stock-csv.ts';

const places = [
  { id: '1', name: 'Comptoir de Lille', kind: 'STORE' as const, town: 'Lille' },
  { id: '2', name: '@Entrepôt', kind: 'WAREHOUSE' as const, town: 'Lyon' },
];

test('each cell of the matrix is a line of the export, also where the product never was', () => {
  const stock = [{ onHand: 3, allocated: 1, available: 2, low: true, place: { id: '1' } }];
  const product = { id: '5', sku: 'CAF-5', name: 'Café', alertThreshold: 5, stock };
  expect(stockCsv([product], places, 'fr').replace('\ufeff', '').trimEnd().split('\r\n')).toEqual([
    'product_id;sku;name;place_id;place;on_hand;allocated;available;low;alert_threshold',
    '5;CAF-5;Café;1;Comptoir de Lille;3;1;2;true;5',
    "5;CAF-5;Café;2;'@Entrepôt;0;0;0;false;5",
  ]);
});
