import type { Principal } from '@comptoir/platform/principal.ts';

/** Whoever sent a request, with how much they may ask. */
export interface Caller extends Principal {
  readonly limits: { readonly perMinute: number; readonly perHour: number };
  /** Of signed-in staff: when the access token ends, in ms since 1970. Absent for an API key, which does not end by itself. */
  readonly expiresAt?: number;
}

/** The caller of every request where the gateway runs without authentication. */
export const anonymousCaller: Caller = {
  consumerId: 'anonymous',
  name: 'anonymous',
  roles: ['ADMIN'],
  stores: null,
  limits: { perMinute: 1_000_000, perHour: 60_000_000 },
};
