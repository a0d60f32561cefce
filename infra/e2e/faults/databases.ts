import { Pool } from 'pg';

export const services = ['inventory', 'customers', 'orders', 'sagas', 'payments'] as const;
export type ServiceName = (typeof services)[number];

/** A statement on the database of a service. */
export type Sql = <Row = Record<string, unknown>>(service: ServiceName, text: string, parameters?: readonly unknown[]) => Promise<Row[]>;

export interface Databases extends AsyncDisposable {
  readonly sql: Sql;
}

/** The services' own databases, read beside them, as nothing but databases. */
export function openDatabases({ url, prefix }: { readonly url: string; readonly prefix: string }): Databases {
  const pools = new Map<ServiceName, Pool>();

  function poolOf(service: ServiceName): Pool {
    const known = pools.get(service);
    if (known) return known;
    const connectionString = Object.assign(new URL(url), { pathname: `/${prefix}${service}` }).href;
    const pool = new Pool({ connectionString, max: 4, connectionTimeoutMillis: 5_000, query_timeout: 60_000 });
    pool.on('error', () => undefined); // a server that is restarted; the next statement connects anew
    pools.set(service, pool);
    return pool;
  }

  return {
    async sql<Row>(service: ServiceName, text: string, parameters: readonly unknown[] = []) {
      return (await poolOf(service).query(text, [...parameters])).rows as Row[];
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}
