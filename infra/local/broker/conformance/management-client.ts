const requestTimeoutMs = 30_000;

/** RabbitMQ's management API; paths are given as segments below /api. */
export interface ManagementClient {
  get<T = Record<string, unknown>>(...path: string[]): Promise<T>;
  put(body: object, ...path: string[]): Promise<number>;
  remove(...path: string[]): Promise<void>;
  /** The status alone, also of a refusal. */
  status(method: string, path: readonly string[], authorization?: string): Promise<number>;
}

export function createManagementClient(url: string): ManagementClient {
  const { username, password, origin } = new URL(url);
  const guest = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

  async function request(method: string, path: readonly string[], body?: object, authorization = guest): Promise<Response> {
    return fetch(`${origin}/api/${path.map(encodeURIComponent).join('/')}`, {
      method,
      headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  }

  async function expectOk(method: string, path: readonly string[], body?: object): Promise<Response> {
    const response = await request(method, path, body);
    if (!response.ok) throw new Error(`${method} /api/${path.join('/')}: ${response.status} ${await response.text()}`);
    return response;
  }

  return {
    get: async <T>(...path: string[]) => (await (await expectOk('GET', path)).json()) as T,
    put: async (body, ...path) => (await expectOk('PUT', path, body)).status,
    remove: async (...path) => {
      await expectOk('DELETE', path);
    },
    status: async (method, path, authorization) => {
      const response = await request(method, path, undefined, authorization);
      await response.arrayBuffer();
      return response.status;
    },
  };
}
