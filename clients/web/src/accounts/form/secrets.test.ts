import { expect, test } from 'vitest';
import { newPassword } from './new-password.ts';
import { isPassword, isPin } from './secret-faults.ts';

test('a proposed password is accepted, has no letters that look alike, and is another each time', () => {
  const proposed = Array.from({ length: 200 }, () => newPassword());
  expect(new Set(proposed).size).toBe(200);
  for (const password of proposed) {
    expect(password).toMatch(/^([a-hjkmnp-zA-HJ-NP-Z2-9]{4}-){3}[a-hjkmnp-zA-HJ-NP-Z2-9]{4}$/);
    expect(isPassword(password, 'camille')).toBe(true);
  }
});

test('a proposed password favours no letter: bytes beyond the last whole multiple are left out', () => {
  const password = newPassword((array) => array.fill(255).fill(0, 0, 8));
  expect(password).toBe('aaaa-aaaa-aaaa-aaaa');
});

test.each([
  ['too short', 'abcdefghi', false],
  ['long enough', 'abcdefghij', true],
  ['of too few characters', 'ababababababab', false],
  ['with the login', 'xxCamille123', false],
  ['with signs that count as one', '🧾🧺🪙💶🧾🧺🪙💶🧾🧺', true],
])('a password %s', (_case, text, good) => {
  expect(isPassword(text, 'camille')).toBe(good);
});

test.each([
  ['2580', true],
  ['1234', false],
  ['8765', false],
  ['4444', false],
  ['123', false],
  ['123456789', false],
  ['12a4', false],
])('the PIN %s', (text, good) => {
  expect(isPin(text)).toBe(good);
});
