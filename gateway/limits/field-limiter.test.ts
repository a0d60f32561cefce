import { expect, test } from 'vitest';
import { createFieldLimiter } from './field-limiter.ts';
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
