import { Client, Pool } from 'pg';

export const services = ['inventory', 'customers', 'orders', 'sagas', 'payments'] as const;
export type ServiceName = (typeof services)[number];

/** A statement on the database of a service. */
export type Sql = <Row = Record<string, unknown>>(service: ServiceName, text: string, parameters?: readonly unknown[]) => Promise<Row[]>;

export interface Databases extends AsyncDisposable {
  readonly sql: Sql;
  /** Runs the work on transactions of its own, one a database, all of which are rolled back. */
  undone(work: (sql: Sql) => Promise<void>): Promise<void>;
}

/** The services' own databases, read beside them, as nothing but databases. */
export function openDatabases({ url, prefix }: { readonly url: string; readonly prefix: string }): Databases {
  const pools = new Map<ServiceName, Pool>();

  const addressOf = (service: ServiceName) => Object.assign(new URL(url), { pathname: `/${prefix}${service}` }).href;

  function poolOf(service: ServiceName): Pool {
    const known = pools.get(service);
    if (known) return known;
    const pool = new Pool({ connectionString: addressOf(service), max: 4, connectionTimeoutMillis: 5_000, query_timeout: 60_000 });
    pool.on('error', () => undefined); // a server that is restarted; the next statement connects anew
    pools.set(service, pool);
    return pool;
  }

  return {
    async sql<Row>(service: ServiceName, text: string, parameters: readonly unknown[] = []) {
      return (await poolOf(service).query(text, [...parameters])).rows as Row[];
    },
    async undone(work) {
      const clients = new Map(services.map((service) => [service, new Client({ connectionString: addressOf(service) })]));
      const all = (act: (client: Client) => Promise<unknown>) => Promise.all([...clients.values()].map(act));
      await all((client) => client.connect());
      try {
        await all((client) => client.query('BEGIN'));
        await work(async (service, text, parameters = []) => (await clients.get(service)?.query(text, [...parameters]))?.rows ?? []);
      } finally {
        await all((client) => client.end()); // the server rolls back
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}
