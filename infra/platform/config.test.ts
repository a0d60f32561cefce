import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  baseConfig,
  brokerConfig,
  ConfigError,
  databaseConfig,
  onOffVariable,
  parseConfig,
  portVariable,
  secretConfig,
  secretOf,
} from './config.ts';

const schema = z.object({
  ...baseConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  PORT: portVariable(4000),
  AUTH: onOffVariable(true),
});
const needed = { DATABASE_URL: 'postgres://127.0.0.1:5432', AMQP_URL: 'amqp://127.0.0.1/%2f' };

function faultsOf(env: NodeJS.ProcessEnv) {
  try {
    parseConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('parseConfig', () => {
  it('gives typed values and defaults', () => {
    expect(parseConfig(schema, { ...needed, PORT: '8080', AUTH: 'off', UNKNOWN: 'x' })).toEqual({
      ...needed,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      NODE_ENV: 'development',
      STOP_LEAD_MS: 0,
      DATABASE_PREFIX: 'comptoir_',
      PORT: 8080,
      AUTH: false,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig(schema, { ...needed, PORT: '', LOG_FORMAT: '' })).toMatchObject({ PORT: 4000, AUTH: true });
    expect(faultsOf({ ...needed, AMQP_URL: '' }).faults).toEqual([
      { variable: 'AMQP_URL', given: null, allowed: 'a URL that begins with amqp:// or amqps://' },
    ]);
  });

  it('lists every faulty variable with what was given and what is allowed', () => {
    const { message, faults } = faultsOf({ PORT: '70000', AUTH: 'maybe', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' });
    expect(faults.map(({ variable }) => variable).sort()).toEqual(['AMQP_URL', 'AUTH', 'DATABASE_URL', 'LOG_LEVEL', 'PORT']);
    expect(message).toContain('PORT: is "70000"; allowed: a whole number from 0 to 65535, default 4000');
    expect(message).toContain('AUTH: is "maybe"; allowed: on or off, default on');
    expect(message).toContain('AMQP_URL: is not set; allowed: a URL that begins with amqp:// or amqps://');
  });

  it.each(['4000x', '0x10', '1e3', ' 80', '-1', '1.5', 'NaN', 'Infinity'])('does not take %j for a port', (PORT) => {
    expect(faultsOf({ ...needed, PORT }).faults).toMatchObject([{ variable: 'PORT', given: PORT }]);
  });

  it('never shows a secret', () => {
    const { message } = faultsOf({
      DATABASE_URL: 'mysql://root:hun/t@er2@db:1',
      AMQP_URL: 'http://u:hunter2@mq',
      GATEWAY_SECRET: 'hunter2',
    });
    expect(message).not.toMatch(/hun/);
    expect(message).toContain('mysql://root:***@db:1');
    expect(message).toContain('GATEWAY_SECRET: is "***"');
  });
});

describe('secretOf', () => {
  it('is the secret that was given, or null for a trial', () => {
    expect(secretOf({ NODE_ENV: 'production', GATEWAY_SECRET: 'a secret' })).toBe('a secret');
    expect(secretOf({ NODE_ENV: 'development' })).toBeNull();
  });

  it('lets nobody be an administrator in production for want of one', () => {
    expect(() => secretOf({ NODE_ENV: 'production' })).toThrow('GATEWAY_SECRET: is not set; allowed: at least 16 characters in production');
  });
});
