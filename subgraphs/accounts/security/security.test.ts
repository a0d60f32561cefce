import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTurns } from './in-turn.ts';
import { createPasswords } from './passwords.ts';
import { createRefreshTokens, hashOfToken } from './refresh-tokens.ts';

describe('a password', () => {
  const passwords = createPasswords();

  it('is kept as Argon2id with what OWASP asks for, each time with another salt', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches(one, 'correct horse')).toBe(true);
    expect(await passwords.matches(one, 'correct horsf')).toBe(false);
    expect(await passwords.matches(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('of nobody is never right, whatever is given', async () => {
    for (const given of ['the secret of nobody', '', '\0', '\ud800', 'x'.repeat(10_000)]) {
      expect(await passwords.matches(null, given), given.slice(0, 30)).toBe(false);
    }
    expect(await passwords.matches(await passwords.hash(''), '')).toBe(false);
  });

  it('is not looked at while too many others wait', async () => {
    const crowded = createPasswords({ atOnce: 1, maxWaiting: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => crowded.matches(null, 'x')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(refused).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect(await crowded.matches(null, 'x')).toBe(false);
  });
});

describe('a refresh token', () => {
  const tokens = createRefreshTokens('a secret of the tests');

  it('is 256 bits by chance; the next one follows from it and the secret alone', () => {
    const first = tokens.first();
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(tokens.first()).not.toBe(first);
    expect(tokens.successor(first)).toBe(createRefreshTokens('a secret of the tests').successor(first));
    expect(createRefreshTokens('another secret').successor(first)).not.toBe(tokens.successor(first));
    expect(Buffer.from(tokens.successor(first), 'base64url')).toHaveLength(32);
    expect(hashOfToken(first)).toEqual(createHash('sha256').update(first).digest());
  });
});

describe('turns', () => {
  it('let work of one key go one after another, also after work that failed, and of others at once', async () => {
    const inTurn = createTurns();
    const running = { a: 0, most: 0 };
    const work = async () => {
      running.most = Math.max(running.most, ++running.a);
      await new Promise((resolve) => setImmediate(resolve));
      running.a--;
      throw new Error('no');
    };
    await Promise.allSettled(Array.from({ length: 5 }, () => inTurn('a', work)));
    expect(running.most).toBe(1);
    const release = Promise.withResolvers<void>();
    const held = inTurn('b', () => release.promise);
    expect(await inTurn('c', async () => 'done')).toBe('done');
    release.resolve();
    await held;
  });

  it('are refused where too many wait', async () => {
    const inTurn = createTurns();
    const release = Promise.withResolvers<void>();
    const held = inTurn('a', () => release.promise);
    const waiting = Array.from({ length: 19 }, () => inTurn('a', async () => 'done'));
    await expect(inTurn('a', async () => 'late')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    release.resolve();
    await held;
    expect(await Promise.all(waiting)).toEqual(Array(19).fill('done'));
  });
});
