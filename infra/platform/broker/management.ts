import type { PolicySpec } from '@comptoir/schema/topology.ts';

export interface ManagedQueue {
  readonly name: string;
  readonly messages_ready?: number;
  readonly messages_unacknowledged?: number;
  readonly consumers?: number;
}

export interface ManagedConnection {
  readonly name: string;
  readonly vhost: string;
  readonly client_properties?: { readonly connection_name?: string };
}

/** The few routes of the broker's management API that are needed; the development broker serves the same. */
export interface BrokerManagement {
  /** Creates the virtual host and gives the user all rights in it. */
  createVhost(vhost: string): Promise<void>;
  deleteVhost(vhost: string): Promise<void>;
  putPolicy(vhost: string, policy: PolicySpec): Promise<void>;
  queues(vhost: string): Promise<ManagedQueue[]>;
  deleteQueue(vhost: string, queue: string): Promise<void>;
  connections(vhost: string): Promise<ManagedConnection[]>;
  /** False where it was gone already. */
  closeConnection(name: string): Promise<boolean>;
  /** Process number of the broker's first node; null where it does not tell. */
  osPid(): Promise<number | null>;
}

const timeoutMs = 10_000;

/** Over HTTP, with the user and password of the address. */
export function createBrokerManagement(url: string): BrokerManagement {
  const address = new URL(url);
  const user = decodeURIComponent(address.username || 'guest');
  const authorization = `Basic ${Buffer.from(`${user}:${decodeURIComponent(address.password || 'guest')}`).toString('base64')}`;
  const part = encodeURIComponent;

  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(new URL(`/api/${path}`, address.origin), {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok && response.status !== 404)
      throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 200)}`);
    return { status: response.status, body: text === '' || response.status === 404 ? null : JSON.parse(text) };
  }

  async function list<T>(path: string): Promise<T[]> {
    const { body } = await call('GET', path);
    return Array.isArray(body) ? (body as T[]) : [];
  }

  return {
    async createVhost(vhost) {
      await call('PUT', `vhosts/${part(vhost)}`, {});
      await call('PUT', `permissions/${part(vhost)}/${part(user)}`, { configure: '.*', write: '.*', read: '.*' });
    },
    async deleteVhost(vhost) {
      await call('DELETE', `vhosts/${part(vhost)}`);
    },
    async putPolicy(vhost, { name, pattern, definition }) {
      await call('PUT', `policies/${part(vhost)}/${part(name)}`, { pattern, definition, 'apply-to': 'queues' });
    },
    queues: (vhost) => list<ManagedQueue>(`queues/${part(vhost)}`),
    async deleteQueue(vhost, queue) {
      await call('DELETE', `queues/${part(vhost)}/${part(queue)}`);
    },
    async connections(vhost) {
      const all = await list<ManagedConnection>('connections');
      return all.filter((connection) => connection.vhost === vhost);
    },
    async closeConnection(name) {
      const { status } = await call('DELETE', `connections/${part(name)}`);
      return status !== 404;
    },
    async osPid() {
      const [node] = await list<{ os_pid?: string }>('nodes');
      return node?.os_pid === undefined ? null : Number(node.os_pid);
    },
  };
}
