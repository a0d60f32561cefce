import { describe, expect, it } from 'vitest';
import { hashOfKey, lastFourOfKey, newApiKey, prefixOfKey } from './api-key.ts';
import { readConsumer } from './read-consumer.ts';
import { readRole } from './read-role.ts';
import { readStaff } from './read-staff.ts';
import { mayBeSecret, normalized, passwordFaults, pinFaults } from './secrets.ts';

const paths = (faults: readonly { path: readonly (string | number)[] }[]) => faults.map(({ path }) => path.at(-1));

describe('a password', () => {
  it.each(['correct horse', 'aaaabbbbccccdddd', 'ééèèààùù12', '😀😁😂🤣😃😄😅😆😉😊'])('can be %s', (password) => {
    expect(passwordFaults(password, ['password'], 'zoe')).toEqual([]);
  });

  it.each(['', 'court', 'aaaaaaaaaa', 'ababababab', 'x'.repeat(201), 'abcdefghij\0', 'motdepasse-ZOE-1'])('cannot be %j', (password) => {
    expect(passwordFaults(password, ['password'], 'zoe')).toHaveLength(1);
  });

  it('is the same however a keyboard writes it', () => {
    expect(normalized('cafe\u0301')).toBe(normalized('caf\u00e9'));
    expect([mayBeSecret(''), mayBeSecret('\ud800'), mayBeSecret('x'.repeat(401)), mayBeSecret('x')]).toEqual([false, false, false, true]);
  });
});

it.each(['0000', '1234', '87654321', '123', '123456789', '12a4', ' 2580', '٢٥٨٠'])('a PIN cannot be %s', (pin) => {
  expect(pinFaults(pin, ['pin'])).toHaveLength(1);
});
it.each(['2580', '1357', '20190401'])('a PIN can be %s', (pin) => {
  expect(pinFaults(pin, ['pin'])).toEqual([]);
});

describe('what is told of staff', () => {
  it('is read without blanks, roles and places once each and in order', () => {
    const input = {
      name: ' Zoé ',
      login: 'zoe.exemple',
      email: ' ',
      badge: null,
      roles: ['WAREHOUSE', 'CLERK', 'CLERK'],
      stores: ['10', '2', '10'],
    };
    expect(readStaff(input)).toEqual({
      values: { name: 'Zoé', login: 'zoe.exemple', email: null, badge: null, roleIds: ['CLERK', 'WAREHOUSE'], stores: ['2', '10'] },
      faults: [],
    });
    expect(readStaff({})).toEqual({ values: {}, faults: [] });
  });

  it('is refused with every fault at once', () => {
    const bad = { name: ' ', login: '1234', email: 'x', badge: 'abc', roles: [], stores: ['x', '0'] };
    expect(paths(readStaff(bad).faults)).toEqual(['name', 'login', 'email', 'badge', 'roles', 'stores']);
    expect(paths(readStaff({ name: null, login: null, roles: null, stores: null }).faults)).toEqual(['name', 'login', 'roles', 'stores']);
  });
});

it('roles and consumers are refused with every fault at once', () => {
  expect(paths(readRole({ name: '', description: 'x'.repeat(501), grants: [] }).faults)).toEqual(['name', 'description', 'grants']);
  const bad = { name: '', roles: [], tier: null, perMinute: 0, perHour: 1.5, stores: ['x'] };
  expect(paths(readConsumer(bad).faults)).toEqual(['name', 'roles', 'tier', 'perMinute', 'perHour', 'stores']);
  expect(readConsumer({ perMinute: null, stores: null })).toEqual({ columns: { per_minute: null, stores: null }, faults: [] });
});

it('a key is 256 bits by chance, of which little is shown', () => {
  const keys = new Set(Array.from({ length: 100 }, newApiKey));
  expect(keys.size).toBe(100);
  for (const key of keys) {
    expect(key).toMatch(/^cmpt_[\w-]{43}$/);
    expect(hashOfKey(key)).toHaveLength(32);
    expect(prefixOfKey(key).length + lastFourOfKey(key).length).toBeLessThan(14);
  }
});
