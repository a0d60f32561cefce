import { expect, test } from 'vitest';
import { z } from 'zod';
import { describedFaults } from './described-faults.ts';
import { notBlank } from './resource.ts';

const line = z.strictObject({ label: z.string().meta(notBlank) }).meta({ id: 'LineOfTest' });
const body = z.strictObject({
  email: z.string().meta({ format: 'email' }),
  phone: z.string().meta({ pattern: '^\\d+$' }).nullable().optional(),
  lines: z.array(line).optional(),
  count: z.int().optional(),
});

test('texts are held against the patterns and formats that are only described, wherever they are', () => {
  const given = { email: 'nobody', phone: '12a', lines: [{ label: 'x' }, { label: ' ' }], count: 'x' };
  expect(describedFaults('body', body, given)).toEqual([
    { loc: ['body', 'email'], msg: 'Doit être une adresse e-mail, p. ex. nom@example.org', type: 'value_error' },
    { loc: ['body', 'phone'], msg: 'Format invalide', type: 'value_error' },
    { loc: ['body', 'lines', 1, 'label'], msg: 'Ne peut pas être vide', type: 'value_error' },
  ]);
});

test.each(['a\0@b.c', '\ud800@b.c'])('a text that cannot be stored is one: %j', (email) => {
  expect(describedFaults('query', body, { email })).toMatchObject([{ loc: ['query', 'email'], msg: expect.stringContaining('U+0000') }]);
});

test.each([undefined, null, 5, 'text', [], { email: 'a@b.c' }, { email: 'a@b.c', phone: null, unknown: '\0' }, { lines: 'x' }])(
  'there is nothing to say of %j',
  (given) => {
    expect(describedFaults('body', body, given)).toEqual([]);
  },
);
