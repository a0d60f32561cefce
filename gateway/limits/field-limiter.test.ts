import { expect, test } from 'vitest';
import { createFieldLimiter } from './field-limiter.ts';
import { signInLimits } from './field-limits.ts';
import { createMemoryBackend } from './memory-backend.ts';

const limiter = () =>
  createFieldLimiter(
    [
      { field: 'Mutation.login', by: { argument: 'login' }, max: 2, windowMs: 60_000 },
      { field: 'Mutation.login', by: 'address', max: 4, windowMs: 60_000 },
    ],
    { backend: createMemoryBackend() },
  );
const login = (name: unknown, address?: string) => ({ field: 'Mutation.login', args: { login: name }, address });

test('an account is limited from wherever it is tried, in whatever case', async () => {
  const fields = limiter();
  expect(await fields.charge(login('Ada', '192.0.2.1'))).toEqual({ allowed: true });
  expect(await fields.charge(login(' ADA', '192.0.2.2'))).toEqual({ allowed: true });
  expect(await fields.charge(login('ada', '192.0.2.3'))).toEqual({ allowed: false, retryMs: expect.any(Number) });
  expect(await fields.charge(login('bob', '192.0.2.3'))).toEqual({ allowed: true });
});

test('an address is limited whomever it tries for', async () => {
  const fields = limiter();
  for (const name of ['a', 'b', 'c', 'd']) expect((await fields.charge(login(name, '192.0.2.1'))).allowed).toBe(true);
  expect((await fields.charge(login('e', '192.0.2.1'))).allowed).toBe(false);
  expect((await fields.charge(login('e', '192.0.2.2'))).allowed).toBe(true);
});

test('without an address, and without the argument, there is nothing to count by', async () => {
  const fields = limiter();
  for (let use = 0; use < 9; use++) expect((await fields.charge(login(undefined))).allowed).toBe(true);
  expect(fields.isLimited('Mutation.login')).toBe(true);
  expect(fields.isLimited('Mutation.logout')).toBe(false);
});

test('who fails on purpose at one address, on and on, does not keep out who signs in at another', async () => {
  let now = 0;
  const fields = createFieldLimiter(signInLimits, { backend: createMemoryBackend({ now: () => now }) });
  const tried = async (address: string | undefined) => (await fields.charge(login('gerante', address))).allowed;
  let admitted = 0;
  for (let hour = 0; hour < 24; hour++) {
    for (let time = 0; time < 70; time++) admitted += (await tried('192.0.2.1')) ? 1 : 0;
    expect(await tried('198.51.100.7')).toBe(true);
    now += 3_600_000;
  }
  // Fewer than accounts locks at.
  expect(admitted).toBe(40);
  now += 24 * 3_600_000;
  // Nor does one who says from nowhere.
  expect(await Promise.all(Array.from({ length: 9 }, () => tried(undefined)))).toEqual([...Array(5).fill(true), ...Array(4).fill(false)]);
});

test('from many addresses an account is still tried only so often, and its PIN a few times', async () => {
  const fields = createFieldLimiter(signInLimits, { backend: createMemoryBackend() });
  const admitted = async (field: string) => {
    const verdicts = Array.from({ length: 100 }, (_, n) => fields.charge({ field, args: { login: 'gerante' }, address: `192.0.2.${n}` }));
    return (await Promise.all(verdicts)).filter(({ allowed }) => allowed).length;
  };
  expect([await admitted('Mutation.login'), await admitted('Mutation.loginWithPin')]).toEqual([60, 5]);
});
