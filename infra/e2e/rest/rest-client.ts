import { adminKey, facadeKey } from '../graph.ts';

export interface RestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that ask.
  readonly body: any;
  readonly headers: Headers;
}

/** Asks the facade as the clients there are: PayeTonKawa's with its key, those of the multi-store platform with one that may ask more often. */
export function restClient(url: () => string) {
  return async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<RestAnswer> {
    const key = path.startsWith('/api/v1/') ? adminKey : facadeKey;
    const response = await fetch(new URL(path, url()), {
      method,
      headers: { 'x-api-key': key, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  };
}

/** A body for POST /customers. */
export const newCustomer = (nom: string) => ({
  nom,
  prenom: 'Claire',
  email: `${nom.toLowerCase()}@example.com`,
  telephone: '06 12 34 56 78',
});
