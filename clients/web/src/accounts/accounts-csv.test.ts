import { expect, test } from 'vitest';
import { consumersCsv } from './keys/consumers-csv.ts';
import { rolesCsv } from './roles/roles-csv.ts';
import { staffCsv } from './staff/staff-csv.ts';

const stores = [
  { id: '1', name: 'Comptoir de Lille', town: 'Lille', kind: 'STORE' as const },
  { id: '2', name: 'Comptoir de Nantes', town: 'Nantes', kind: 'STORE' as const },
];
const linesOf = (csv: string) => csv.replace('\ufeff', '').trimEnd().split('\r\n');

test('staff are exported with roles and places, and what a spreadsheet would run is made harmless', () => {
  const person = {
    id: '7',
    version: 1,
    name: '=cmd();',
    login: 'gerante',
    email: null,
    active: true,
    roles: ['MANAGER' as const, 'CLERK' as const],
    givenRoles: [
      { id: 'MANAGER', name: 'MANAGER', fixed: true },
      { id: 'x', name: 'Vente; le soir', fixed: false },
    ],
    stores,
  };
  expect(linesOf(staffCsv([person], 'fr'))).toEqual([
    'id;name;login;email;active;given_roles;roles;stores',
    `7;"'=cmd();";gerante;;true;"MANAGER + Vente; le soir";MANAGER CLERK;1 2`,
  ]);
});

test('roles are exported with what they let do', () => {
  const role = { id: 'x', name: 'Vente', description: 'Le soir', grants: ['CLERK' as const, 'ANALYST' as const], fixed: false, version: 1 };
  expect(linesOf(rolesCsv([role], 'en'))).toEqual(['id,name,description,fixed,grants', 'x,Vente,Le soir,false,CLERK ANALYST']);
});

test('consumers are exported with how many keys they have, where that is known, and never with a key', () => {
  const consumer = {
    id: 'caisse-web',
    version: 1,
    name: 'Caisse web',
    roles: ['INTEGRATION' as const],
    tier: 'PARTNER' as const,
    demo: false,
    createdAt: '2026-11-29T10:00:00.000Z',
    limits: { perMinute: 60, perHour: 1_000 },
    stores,
  };
  const keys = new Map([['caisse-web', { valid: 2, lastUsedAt: '2026-11-29T11:00:00.000Z' }]]);
  expect(linesOf(consumersCsv([consumer], keys, 'fr'))).toEqual([
    'id;name;roles;stores;tier;per_minute;per_hour;valid_keys;last_used_at;created_at;demo',
    'caisse-web;Caisse web;INTEGRATION;1 2;PARTNER;60;1000;2;2026-11-29T11:00:00.000Z;2026-11-29T10:00:00.000Z;false',
  ]);
  expect(linesOf(consumersCsv([consumer], null, 'fr'))[1]).toContain(';1000;;;2026');
  expect(linesOf(consumersCsv([consumer], new Map(), 'fr'))[1]).toContain(';1000;0;;2026');
});
