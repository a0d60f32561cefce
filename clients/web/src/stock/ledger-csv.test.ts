import { expect, test } from 'vitest';
import { ledgerCsv } from './ledger-csv.ts';
import type { Movement } from './use-movements.ts';

test('movements keep their signs as numbers, and what a person typed cannot run as a formula', () => {
  const movement: Movement = {
    id: '9',
    kind: 'COUNT',
    onHandChange: -3,
    allocatedChange: 0,
    reference: null,
    actor: 'gerante',
    reason: '=casse',
    at: '2026-11-29T10:00:00.000Z',
    place: { id: '1', name: 'Comptoir de Lille', town: 'Lille' },
  };
  const lines = ledgerCsv('5', [movement], 'fr').trimEnd().split('\r\n');
  expect(lines[1]).toBe(`9;5;2026-11-29T10:00:00.000Z;COUNT;1;Comptoir de Lille;-3;0;;gerante;'=casse`);
});
