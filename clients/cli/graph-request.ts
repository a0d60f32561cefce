import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';
import { GatewayError } from './failure.ts';

const requestTimeoutMs = 15_000;
const credentialHint = 'Give a valid key with --key or COMPTOIR_API_KEY, or sign in: comptoir login.';

/** Asks the gateway once. @throws GatewayError with the gateway's own words, every fault on a line of its own, and the error's `code`. */
export async function requestGraph<Data, Variables extends Record<string, unknown>>(
  endpoint: URL,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  credential?: string | undefined,
): Promise<Data> {
  const response = await post(endpoint, credential, { query: print(document), variables });
  const text = await response.text();
  let body: { data?: Data | null; errors?: GraphQLFormattedError[]; detail?: unknown };
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new GatewayError(`${endpoint.origin} answered ${response.status}, and not as a Comptoir gateway does`, { cause });
  }
  if (body.errors?.length) throw refusal(body.errors);
  if (!response.ok || !body.data)
    throw new GatewayError(`${endpoint.origin} answered ${response.status}: ${JSON.stringify(body.detail ?? body)}`);
  return body.data;
}

/** What the gateway's errors say to a person. */
export function refusal(errors: readonly GraphQLFormattedError[]): GatewayError {
  const lines = errors.flatMap(({ message, extensions }) => {
    const faults = (extensions?.faults ?? []) as { path: (string | number)[]; message: string }[];
    return faults.length > 0 ? faults.map((fault) => `${fault.path.join('.')}: ${fault.message}`) : [message];
  });
  const { code } = (errors[0]?.extensions ?? {}) as { code?: string };
  return new GatewayError(lines.join('\n  '), { code, hint: hintOf(code) });
}

/** The gateway closed a connection since it does not take, or no longer takes, what it was opened with. */
export const refusedCredential = (whose: 'login' | 'key') =>
  new GatewayError(`The gateway refused the ${whose}`, { code: 'UNAUTHENTICATED', hint: credentialHint });

function hintOf(code: string | undefined): string | undefined {
  if (code === 'UNAUTHENTICATED') return credentialHint;
  return code === 'FORBIDDEN' ? 'comptoir whoami tells with which rights you ask.' : undefined;
}

async function post(endpoint: URL, credential: string | undefined, body: object): Promise<Response> {
  try {
    return await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(credential ? { 'x-api-key': credential } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  } catch (cause) {
    throw new GatewayError(`No gateway answers at ${endpoint.origin}`, {
      hint: 'Start it with npm start, or name another one with --url. comptoir doctor tells more.',
      cause,
    });
  }
}
