import { expect, test } from 'vitest';
import { createFormat } from '../../language/format.ts';
import { french as words } from '../../language/words.fr.ts';
import { journalCsv } from './journal-csv.ts';

const entry = {
  id: '7',
  at: '2026-11-29T10:00:00.000Z',
  actorId: 'staff:2',
  actorName: '=cmd()',
  action: 'product.updated',
  entityType: 'product',
  entityId: '5',
  entityName: 'Café "A"; moulu',
  changes: [{ field: 'price_minor', before: '"1250"', after: '950' }],
  stores: [
    { id: '1', name: 'Comptoir de Lille', town: 'Lille', kind: 'STORE' as const },
    { id: '2', name: 'Comptoir de Nantes', town: 'Nantes', kind: 'STORE' as const },
  ],
};

test('an entry is a line; what a spreadsheet would run or split is made harmless', () => {
  const [titles, line] = journalCsv([entry], { words, format: createFormat('fr-FR', words), code: 'fr' }).split('\r\n');
  expect(titles).toBe('\ufeffid;at;actor_id;actor_name;action;entity_type;entity_id;entity_name;stores;details');
  expect(line).toBe('7;2026-11-29T10:00:00.000Z;staff:2;\'=cmd();product.updated;product;5;"Café ""A""; moulu";1 2;"prix : 12,5 → 9,5"');
});
