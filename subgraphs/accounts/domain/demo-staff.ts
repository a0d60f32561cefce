import type { Role } from '@comptoir/platform/principal.ts';

export interface DemoStaff {
  readonly login: string;
  readonly name: string;
  readonly badge: string;
  readonly role: Role;
  /** Of the places of inventory's demo: 1 Lille, 2 Nantes, 3 Lyon, 4 Bordeaux, 5 Strasbourg, 6 the warehouse. */
  readonly stores: readonly string[];
  /** Public, as is the PIN: printed at the start of a demo and written in the documentation. */
  readonly password: string;
  readonly pin: string | null;
}

/** Invented people of a shop's roles; devices and other programs sign in by keys. Everybody knows their passwords, so a production profile refuses to run beside them. */
export const demoStaff: readonly DemoStaff[] = [
  { login: 'admin', name: 'Ada Exemple', badge: '1001', role: 'ADMIN', stores: [], password: 'comptoir-demo-1', pin: null },
  {
    login: 'gerante',
    name: 'Gisèle Exemple',
    badge: '1002',
    role: 'MANAGER',
    stores: ['1', '2'],
    password: 'comptoir-demo-2',
    pin: '2580',
  },
  { login: 'caisse', name: 'Camille Exemple', badge: '1003', role: 'CLERK', stores: ['1'], password: 'comptoir-demo-3', pin: '1357' },
  { login: 'caisse2', name: 'Dominique Exemple', badge: '1004', role: 'CLERK', stores: ['2'], password: 'comptoir-demo-4', pin: '2468' },
  { login: 'depot', name: 'Daniel Exemple', badge: '1005', role: 'WAREHOUSE', stores: ['6'], password: 'comptoir-demo-5', pin: '9630' },
  {
    login: 'analyste',
    name: 'Anaïs Exemple',
    badge: '1006',
    role: 'ANALYST',
    stores: ['1', '2', '3', '4', '5', '6'],
    password: 'comptoir-demo-6',
    pin: null,
  },
];
