import { type DocumentNode, getOperationAST, print } from 'graphql';

/** What came of a question asked before there is a connection. */
export type Asked<Data> =
  | { readonly kind: 'answered'; readonly data: Data }
  | { readonly kind: 'refused' | 'unreachable' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number | null };

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string; readonly retryAfter?: number } }[];
}

const timeoutMs = 10_000;

/** Asks the gateway one thing, with these headers and nothing kept open. Never throws. */
export async function askOnce<Data>(
  document: DocumentNode,
  { variables = {}, headers = {}, signal }: { variables?: object; headers?: Record<string, string>; signal?: AbortSignal | undefined } = {},
): Promise<Asked<Data>> {
  const bound = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ operationName: getOperationAST(document)?.name?.value, query: print(document), variables }),
      signal: signal === undefined ? bound : AbortSignal.any([bound, signal]),
    });
    if (response.status === 401 || response.status === 403) return { kind: 'refused' };
    if (response.status === 429) return { kind: 'limited', retryAfterSeconds: seconds(response.headers.get('retry-after')) };
    const { data, errors } = (await response.json()) as Body<Data>;
    const is = (code: string) => errors?.find(({ extensions }) => extensions?.code === code);
    if (is('UNAUTHENTICATED')) return { kind: 'refused' };
    const limited = is('RATE_LIMITED');
    if (limited) return { kind: 'limited', retryAfterSeconds: limited.extensions?.retryAfter ?? null };
    return data === undefined || data === null ? { kind: 'unreachable' } : { kind: 'answered', data };
  } catch {
    // No network, no gateway, not JSON: for the person at the door it is all the same, and another attempt follows.
    return { kind: 'unreachable' };
  }
}

function seconds(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}
