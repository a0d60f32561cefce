import { print } from 'graphql';
import { MeDocument, type MeQuery } from '../generated/operations.ts';

export type Me = NonNullable<MeQuery['me']>;

export type MeAnswer =
  /** `me` is null where the gateway runs without authentication. */
  { readonly kind: 'accepted'; readonly me: Me | null } | { readonly kind: 'refused' | 'limited' | 'unreachable' };

const timeoutMs = 10_000;

/** Asks the gateway who this key is, before anything is opened with it. */
export async function askMe(key: string | null, signal?: AbortSignal): Promise<MeAnswer> {
  const bound = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(key === null ? {} : { 'X-API-Key': key }) },
      body: JSON.stringify({ operationName: 'Me', query: print(MeDocument) }),
      signal: signal === undefined ? bound : AbortSignal.any([bound, signal]),
    });
    if (response.status === 401 || response.status === 403) return { kind: 'refused' };
    if (response.status === 429) return { kind: 'limited' };
    const body = (await response.json()) as { data?: MeQuery | null; errors?: { extensions?: { code?: string } }[] };
    if (body.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')) return { kind: 'refused' };
    if (body.data === undefined || body.data === null) return { kind: 'unreachable' };
    return { kind: 'accepted', me: body.data.me };
  } catch {
    // No network, no gateway, not JSON: for the person at the door it is all the same, and another attempt follows.
    return { kind: 'unreachable' };
  }
}
