import type { PolicySpec } from '@comptoir/schema/topology.ts';

const timeoutMs = 10_000;

/** One request to a broker's management API; `path` is below /api, its parts encoded. Throws on any refusal. */
export async function managementRequest(
  managementUrl: string,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const { origin, username, password } = new URL(managementUrl);
  const response = await fetch(`${origin}/api${path}`, {
    method,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the broker's management API answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Sets policies on a virtual host; one of the same name is replaced. */
export async function applyPolicies(managementUrl: string, vhost: string, policies: readonly PolicySpec[]): Promise<void> {
  for (const { name, pattern, definition } of policies) {
    const path = `/policies/${encodeURIComponent(vhost)}/${encodeURIComponent(name)}`;
    await managementRequest(managementUrl, 'PUT', path, { pattern, definition, 'apply-to': 'queues' });
  }
}
