import { subgraphTypeDefs } from '@comptoir/schema/sdl.ts';
import { describe, expect, it } from 'vitest';
import { createPrincipalVerifier, type Principal, roles, signPrincipal } from './principal.ts';

const secret = 'a secret of some length';
const principal: Principal = { consumerId: 'c1', name: 'admin-user é', roles: ['ADMIN', 'CLERK'], stores: null };
const now = Date.UTC(2026, 10, 21);
const verifyPrincipal = (header: unknown, key: string, at: number) => createPrincipalVerifier(key)(header, at);

describe('a principal', () => {
  it('is who was signed', () => {
    expect(verifyPrincipal(signPrincipal(principal, secret, now), secret, now)).toEqual(principal);
  });

  it('is good for 60 seconds, and 5 seconds early', () => {
    const header = signPrincipal(principal, secret, now);
    expect(verifyPrincipal(header, secret, now + 60_000)).toEqual(principal);
    expect(verifyPrincipal(header, secret, now + 60_001)).toBeNull();
    expect(verifyPrincipal(header, secret, now - 5_000)).toEqual(principal);
    expect(verifyPrincipal(header, secret, now - 5_001)).toBeNull();
  });

  it('is good for as long where it was verified before', () => {
    const verify = createPrincipalVerifier(secret);
    const header = signPrincipal(principal, secret, now);
    expect([now, now + 60_000, now + 60_001, now - 5_001, now].map((at) => verify(header, at))).toEqual([
      principal,
      principal,
      null,
      null,
      principal,
    ]);
    expect(verify(`${header.slice(0, -1)}${header.endsWith('A') ? 'B' : 'A'}`, now)).toBeNull();
  });

  it('is verified again when many others were since', () => {
    const verify = createPrincipalVerifier(secret);
    const headers = Array.from({ length: 1_002 }, (_, index) => signPrincipal({ ...principal, consumerId: `c${index}` }, secret, now));
    expect([...headers, headers[0]].map((header) => verify(header, now)?.consumerId)).toEqual([
      ...headers.map((_, index) => `c${index}`),
      'c0',
    ]);
  });

  it('is not taken from another secret', () => {
    expect(verifyPrincipal(signPrincipal(principal, 'another secret', now), secret, now)).toBeNull();
  });

  it('is not taken when a single character was changed', () => {
    const header = signPrincipal(principal, secret, now);
    for (let at = 0; at < header.length; at++) {
      const forged = `${header.slice(0, at)}${header[at] === 'A' ? 'B' : 'A'}${header.slice(at + 1)}`;
      // The last character of base64 holds bits that mean nothing; the text is compared, so they count all the same.
      expect(verifyPrincipal(forged, secret, now), `at ${at}`).toBeNull();
    }
  });

  it.each([undefined, null, 1, '', '.', 'a.b', 'a.b.c', ['x'], 'x'.repeat(5_000)])('is not taken from %j', (header) => {
    expect(verifyPrincipal(header, secret, now)).toBeNull();
  });

  it('has no role that the gateway does not know', () => {
    const header = signPrincipal({ ...principal, roles: ['OWNER' as never] }, secret, now);
    expect(verifyPrincipal(header, secret, now)).toBeNull();
  });

  it.each([null, [], ['1', '17']])('has the stores it was signed with: %j', (stores) => {
    expect(verifyPrincipal(signPrincipal({ ...principal, stores }, secret, now), secret, now)?.stores).toEqual(stores);
  });

  it.each([undefined, '1', [1], {}])('is not taken when it does not say where it may act, or says %j', (stores) => {
    const header = signPrincipal({ ...principal, stores: stores as never }, secret, now);
    expect(verifyPrincipal(header, secret, now)).toBeNull();
  });

  it('has the roles that the SDL declares', () => {
    const declared = subgraphTypeDefs('accounts').definitions.flatMap((node) =>
      node.kind === 'EnumTypeDefinition' && node.name.value === 'Role' ? (node.values ?? []).map(({ name }) => name.value) : [],
    );
    expect([...roles]).toEqual(declared);
  });
});
