import { expect, test } from 'vitest';
import { createFormat } from '../../language/format.ts';
import { english } from '../../language/words.en.ts';
import { french } from '../../language/words.fr.ts';
import { sayDetails, sayObject } from './say-entry.ts';

const inFrance = { words: french, format: createFormat('fr-FR', french) };
const inBritain = { words: english, format: createFormat('en-GB', english) };
const stores = [{ id: '1', name: 'Comptoir de Lille', town: 'Lille', kind: 'STORE' as const }];
const change = (field: string, before: unknown, after: unknown) => ({
  field,
  before: before === undefined ? null : JSON.stringify(before),
  after: after === undefined ? null : JSON.stringify(after),
});

test.each([
  ['product', '5', 'Café moulu', 'Café moulu'],
  ['order', '12', null, 'commande 12'],
  ['stats', 'all', null, 'statistiques'],
  ['staff', 'unknown', null, 'compte inconnu'],
  ['novelty', '1', null, 'novelty 1'],
  ['saga', 'saga_01KC3V8Y4Z7N2Q9R5T6W1X0ABC', null, 'saga 6W1X0ABC'],
  ['batch', 'AZ2b3c4d5e6f7g8h9i0jkl', null, 'lot de calculs 8h9i0jkl'],
  ['dead_letter', '41', null, 'lettre morte 41'],
])('what an entry is about is named by its name, else its kind and number: %s %s', (entityType, entityId, entityName, said) => {
  expect(sayObject({ entityType, entityId, entityName }, french)).toBe(said);
});

test.each([
  [[change('price_minor', '1250', 950)], 'prix : 12,5 → 9,5', 'price: 12.5 → 9.5'],
  [
    [change('method', undefined, 'pin'), change('locked_seconds', undefined, 30)],
    'moyen : code PIN · verrouillé : 30\u00a0s',
    'means: PIN · locked: 30\u00a0s',
  ],
  [[change('status', 'PENDING', 'SHIPPED')], 'état : en attente → expédiée', 'state: pending → shipped'],
  [[change('state', 'COMPENSATING', undefined)], 'état : compensation en cours', 'state: compensating'],
  [[change('roleIds', ['CLERK'], ['CLERK', 'MANAGER'])], 'rôles : Caisse → Caisse, Gérance', 'roles: Till → Till, Management'],
  [[change('stores', [], ['1', '9'])], 'lieux : — → Comptoir de Lille, 9', 'places: — → Comptoir de Lille, 9'],
  [[change('saga_id', undefined, 'saga_01KC3V8Y4Z7N2Q9R5T6W1X0ABC')], 'saga : 6W1X0ABC', 'saga: 6W1X0ABC'],
  [
    [
      change('lines', undefined, [
        { productId: '1', quantity: 2 },
        { productId: '9', quantity: 1 },
      ]),
    ],
    'lignes : 2 × produit n° 1, 1 × produit n° 9',
    'lines: 2 × product no. 1, 1 × product no. 9',
  ],
  [[change('lines', undefined, [{ productId: 1 }])], 'lignes', 'lines'],
  [
    ['a', 'b', 'c', 'd', 'e'].map((field) => change(field, undefined, 1)),
    'a : 1 · b : 1 · c : 1 · d : 1 · …',
    'a: 1 · b: 1 · c: 1 · d: 1 · …',
  ],
  [[], '', ''],
])('what changed is said in a line, in the language of the reader: %j', (changes, inFrench, inEnglish) => {
  expect([sayDetails({ changes, stores }, inFrance), sayDetails({ changes, stores }, inBritain)]).toEqual([inFrench, inEnglish]);
});
