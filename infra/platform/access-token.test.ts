import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AccessClaims, accessTokenLifetimeMs, createAccessTokens, looksLikeAccessToken } from './access-token.ts';

const secret = 'a secret of the tests';
const tokens = createAccessTokens(secret);
const now = Date.UTC(2026, 10, 29);
const claims: AccessClaims = {
  consumerId: 'staff:7',
  sessionId: '0198b7a0-0000-7000-8000-000000000001',
  name: 'Zoé Élan',
  roles: ['MANAGER', 'CLERK'],
  stores: ['1', '2'],
  limits: { perMinute: 300, perHour: 10_000 },
};

/** A token with any header and payload, signed as ours are unless told otherwise. */
function forge(header: object, payload: object, sign = true): string {
  const key = Buffer.from(hkdfSync('sha256', secret, 'comptoir access token', 'comptoir access token', 32));
  const head = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${head}.${sign ? createHmac('sha256', key).update(head).digest('base64url') : ''}`;
}

const payloadOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('an access token', () => {
  it('says who was signed in, where they may act and how much they may ask', async () => {
    const { token, expiresAt } = await tokens.sign(claims, now);
    expect(expiresAt).toBe(now + accessTokenLifetimeMs);
    expect(await tokens.verify(token, now)).toEqual({ ...claims, expiresAt });
    const everywhere = await tokens.sign({ ...claims, stores: null }, now);
    expect(await tokens.verify(everywhere.token, now)).toMatchObject({ stores: null });
  });

  it('is good for ten minutes', async () => {
    const { token } = await tokens.sign(claims, now);
    expect(await tokens.verify(token, now + accessTokenLifetimeMs - 1_000)).not.toBeNull();
    expect(await tokens.verify(token, now + accessTokenLifetimeMs)).toBeNull();
  });

  it('is not taken from another secret, and its key is not the secret itself', async () => {
    const { token } = await tokens.sign(claims, now);
    expect(await createAccessTokens('another secret').verify(token, now)).toBeNull();
    const [head, body] = token.split('.');
    expect(token).not.toBe(`${head}.${body}.${createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')}`);
  });

  it('is not taken without a signature, by another algorithm, from another issuer or without an end', async () => {
    const { token } = await tokens.sign(claims, now);
    const payload = payloadOf(token);
    expect(await tokens.verify(forge({ alg: 'HS256' }, payload), now)).not.toBeNull();
    expect(await tokens.verify(forge({ alg: 'none' }, payload, false), now)).toBeNull();
    expect(await tokens.verify(forge({ alg: 'none' }, payload), now)).toBeNull();
    expect(await tokens.verify(forge({ alg: 'HS512' }, payload), now)).toBeNull();
    expect(await tokens.verify(forge({ alg: 'HS256' }, { ...payload, iss: 'elsewhere' }), now)).toBeNull();
    const { exp: _, ...endless } = payload;
    expect(await tokens.verify(forge({ alg: 'HS256' }, endless), now)).toBeNull();
  });

  it('is not taken when a character of its payload was changed, nor from any other text', async () => {
    const { token } = await tokens.sign(claims, now);
    const at = token.indexOf('.') + 10;
    const forged = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    for (const text of [forged, '', '.', '..', 'a.b.c', token.slice(0, -1), `${token}.`, 'x'.repeat(5_000)]) {
      expect(await tokens.verify(text, now), text.slice(0, 40)).toBeNull();
    }
  });

  it('of a later version gives no right that is not known here', async () => {
    const { token } = await tokens.sign(claims, now);
    const verified = await tokens.verify(forge({ alg: 'HS256' }, { ...payloadOf(token), roles: ['OWNER', 'CLERK'] }), now);
    expect(verified?.roles).toEqual(['CLERK']);
  });

  it('is told from an API key by its form', async () => {
    expect(looksLikeAccessToken((await tokens.sign(claims, now)).token)).toBe(true);
    for (const key of ['admin-key-12345', 'secret_key_123', '', 'a.b.c', 'eyJ']) expect(looksLikeAccessToken(key)).toBe(false);
  });
});
