/** An API key or access token as a client sent it, by whatever name. */
export interface Credentials {
  readonly key: string;
}

/** Longer than any key or access token of ours; what is longer is refused without a look. */
const maxKeyLength = 4_096;

type Named = Readonly<Record<string, unknown>>;

/** The credentials in HTTP headers: X-API-Key, X-API-Token or Authorization: Bearer, the first that is there. Null: none, or none that can be one. */
export function credentialsFromHeaders(headers: Named): Credentials | null {
  return credentials(headers, ['x-api-key', 'x-api-token', 'authorization']);
}

/** The credentials in the payload of a connection_init: `apiKey`, `authorization`, or the names of the headers, in any case. */
export function credentialsFromConnectionParams(params: Named | undefined): Credentials | null {
  if (!params) return null;
  const lower = Object.fromEntries(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  // Clients of other servers put their headers one level down.
  const headers = isNamed(lower.headers) ? credentialsFromConnectionParams({ ...lower.headers, headers: undefined }) : null;
  return credentials(lower, ['apikey', 'x-api-key', 'x-api-token', 'token', 'authorization']) ?? headers;
}

function credentials(values: Named, names: readonly string[]): Credentials | null {
  for (const name of names) {
    const value = values[name];
    if (typeof value !== 'string') continue;
    const key = (name === 'authorization' ? value.replace(/^bearer\s+/i, '') : value).trim();
    if (key !== '' && key.length <= maxKeyLength) return { key };
  }
  return null;
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
