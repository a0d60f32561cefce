import type { InjectOptions } from 'fastify';
import type { TestApp } from './test-app.ts';

export interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests that ask.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export type TestClient = ReturnType<typeof testClient>;

/** Asks a facade as an administrator would. */
export function testClient(facade: () => TestApp) {
  const call = async (method: InjectOptions['method'], url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await facade().app.inject({
      method,
      url,
      headers: { 'x-api-key': 'admin-key', ...headers },
      ...(payload ? { payload } : {}),
    } as InjectOptions);
    const body = answer.body === '' ? undefined : answer.json();
    return { status: answer.statusCode, body, headers: answer.headers } as TestAnswer;
  };
  return {
    get: (url: string) => call('GET', url),
    post: (url: string, payload: object, headers?: Record<string, string>) => call('POST', url, payload, headers),
    put: (url: string, payload: object) => call('PUT', url, payload),
    delete: (url: string) => call('DELETE', url),
    /** Place and kind of each fault that the body has. */
    async faults(method: 'POST' | 'PUT', url: string, payload: object): Promise<string[]> {
      const { status, body } = await call(method, url, payload);
      if (status !== 422) throw new Error(`answered with ${status}: ${JSON.stringify(body)}`);
      return body.detail.map(({ loc, type }: { loc: (string | number)[]; type: string }) => `${loc.join('.')} ${type}`);
    },
  };
}
