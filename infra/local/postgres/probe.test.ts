import { expect, test } from 'vitest';
import { explain, judge, type ServerFacts } from './probe.ts';

const good: ServerFacts = { version: '16.2', number: 160_002, standby: false, creates: true, found: 0 };

test('a server of a known version where databases can be created is usable', () => {
  expect(judge(good)).toEqual({ usable: true, version: '16.2' });
});

test('without the right to create databases it is usable only when ours are there already', () => {
  expect(judge({ ...good, creates: false })).toMatchObject({ usable: false, cause: expect.stringContaining('CREATEDB') });
  expect(judge({ ...good, creates: false, found: 2 })).toMatchObject({ usable: true });
});

test('a standby and a version too old are not usable', () => {
  expect(judge({ ...good, standby: true })).toMatchObject({ usable: false, cause: expect.stringContaining('standby') });
  expect(judge({ ...good, version: '12.1', number: 120_001 })).toMatchObject({ usable: false, cause: 'PostgreSQL 12.1 is older than 14' });
});

test.each([
  [new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), 'password required'],
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'nothing listens there'],
  [Object.assign(new Error('password authentication failed'), { code: '28P01' }), '28P01 password authentication failed'],
  [new Error('Connection terminated due to connection timeout'), 'it does not answer'],
])('%s is put plainly', (error, words) => {
  expect(explain(error)).toBe(words);
});
