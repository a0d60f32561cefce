import { parseConfig } from '@comptoir/platform/config.ts';
import { expect, test } from 'vitest';
import { accountsConfig, toAccountsConfig } from './config.ts';

const env = { DATABASE_URL: 'postgres://localhost/', AMQP_URL: 'amqp://localhost/' };
const read = (more: NodeJS.ProcessEnv) => toAccountsConfig(parseConfig(accountsConfig, { ...env, ...more }));

test('the first administrator is named with login and password, or not at all', () => {
  expect(read({}).administrator).toBeNull();
  expect(read({ ADMIN_LOGIN: 'chef', ADMIN_PASSWORD: 'une phrase' }).administrator).toEqual({ login: 'chef', password: 'une phrase' });
  expect(() => read({ ADMIN_LOGIN: 'chef' })).toThrow('together');
  expect(() => read({ ADMIN_PASSWORD: 'une phrase' })).toThrow('together');
});

test('a password that is too short is refused without being shown', () => {
  expect(() => read({ ADMIN_LOGIN: '1', ADMIN_PASSWORD: 'secret' })).toThrow(/ADMIN_LOGIN[\s\S]*ADMIN_PASSWORD: is "\*\*\*"/);
});
