import { createHmac, timingSafeEqual } from 'node:crypto';

/** The roles of schema/sdl/shared.graphql; a test keeps them the same. */
export const roles = ['ADMIN', 'MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'] as const;
export type Role = (typeof roles)[number];

/** On whose behalf something is done. */
export interface Principal {
  readonly consumerId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Ids of the places the principal may act in; null: every place. Of an empty list comes no right at any. */
  readonly stores: readonly string[] | null;
}

/** HTTP header from the gateway to a subgraph; over WebSocket the same value is `connectionParams.principal`. */
export const principalHeader = 'x-comptoir-principal';

/** Every caller, where authentication is off. */
export const anonymousPrincipal: Principal = { consumerId: 'anonymous', name: 'anonymous', roles: ['ADMIN'], stores: null };

/** The places that the principal is bound to; null where it may act in all, as an administrator always may. */
export function boundStores({ roles, stores }: Principal): ReadonlySet<string> | null {
  return stores === null || roles.includes('ADMIN') ? null : new Set(stores);
}

const maxAgeMs = 60_000;
/** How far the gateway's clock may be ahead. */
const maxSkewMs = 5_000;
const maxLength = 4_096;

/** Says who the principal is, so that only a holder of the secret can have said it; good for 60 s from `now`. */
export function signPrincipal({ consumerId, name, roles, stores }: Principal, secret: string, now = Date.now()): string {
  const payload = Buffer.from(JSON.stringify({ consumerId, name, roles, stores, issuedAt: now })).toString('base64url');
  return `${payload}.${signature(payload, secret)}`;
}

/** Of one gateway for each who asks at the time, a new one every 15 s. */
const mostRemembered = 1_000;

/**
 * Says who a principal was signed for; null unless it was signed with this secret within the last 60 s. Of what it has found right before it does not compute the
 * signature again.
 */
export function createPrincipalVerifier(secret: string): (header: unknown, now?: number) => Principal | null {
  const remembered = new Map<unknown, Signed>();
  return (header, now = Date.now()) => {
    const known = remembered.get(header);
    const said = known ?? readSigned(header, secret);
    if (!said || !isTimely(said, now)) {
      remembered.delete(header);
      return null;
    }
    if (!known) {
      if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value);
      remembered.set(header, said);
    }
    return said.principal;
  };
}

interface Signed {
  readonly principal: Principal;
  readonly issuedAt: number;
}

const isTimely = ({ issuedAt }: Signed, now: number) => now - issuedAt <= maxAgeMs && issuedAt - now <= maxSkewMs;

function readSigned(header: unknown, secret: string): Signed | null {
  if (typeof header !== 'string' || header.length > maxLength) return null;
  const [payload, given, ...rest] = header.split('.');
  if (!payload || !given || rest.length > 0 || !equal(given, signature(payload, secret))) return null;
  const said = parse(payload);
  if (!said) return null;
  const { consumerId, name, roles, stores, issuedAt } = said;
  return { principal: { consumerId, name, roles, stores }, issuedAt };
}

function signature(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(payload).digest('base64url');
}

/** In a time that does not tell where the two differ. */
function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(payload: string): (Principal & { issuedAt: number }) | null {
  try {
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    const known = typeof said.consumerId === 'string' && typeof said.name === 'string' && Number.isFinite(said.issuedAt);
    const rolesKnown = Array.isArray(said.roles) && said.roles.every((role) => (roles as readonly unknown[]).includes(role));
    // Who says nothing of stores is of an older version: not taken for one who may act in all.
    const storesKnown = said.stores === null || (Array.isArray(said.stores) && said.stores.every((store) => typeof store === 'string'));
    return known && rolesKnown && storesKnown ? (said as unknown as Principal & { issuedAt: number }) : null;
  } catch {
    // The signature was right, so our gateway is of another version; not a principal we know.
    return null;
  }
}
