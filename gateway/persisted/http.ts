import type { FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { PersistedOperations } from './persisted.ts';

/**
 * Puts the text of an operation that a request over HTTP names by its digest into the request, in its body or its address, so that what comes after
 * only ever sees texts.
 * @throws what `read` throws.
 */
export async function resolvePersisted(request: FastifyRequest, caller: Caller | null, persisted: PersistedOperations): Promise<void> {
  const roles = caller?.roles ?? null;
  if (request.method === 'GET') {
    const search = new URLSearchParams(request.url.replace(/^[^?]*\??/s, ''));
    const extensions = parsed(search.get('extensions'));
    const text = await persisted.read({ query: search.get('query'), extensions }, roles);
    if (text === null || !isNamed(extensions)) return;
    const others = withoutDigest(extensions).extensions;
    search.set('query', text);
    if (others === undefined) search.delete('extensions');
    else search.set('extensions', JSON.stringify(others));
    Object.assign(request.query as object, { query: text, extensions: search.get('extensions') ?? undefined });
    request.raw.url = `${request.url.replace(/\?.*$/s, '')}?${search}`;
    return;
  }
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  const { extensions, ...rest } = body as Record<string, unknown>;
  const text = await persisted.read(body, roles);
  if (text !== null) request.body = { ...rest, ...withoutDigest(extensions), query: text };
}

/** What cannot be read is left for who reads the request. */
function parsed(extensions: string | null): unknown {
  try {
    return extensions === null ? undefined : JSON.parse(extensions);
  } catch {
    return undefined;
  }
}

function isNamed(extensions: unknown): extensions is Record<string, unknown> {
  return typeof extensions === 'object' && extensions !== null && Object.hasOwn(extensions, 'persistedQuery');
}

function withoutDigest(extensions: unknown): { extensions?: unknown } {
  if (!isNamed(extensions)) return extensions === undefined ? {} : { extensions };
  const { persistedQuery: _, ...others } = extensions;
  return Object.keys(others).length > 0 ? { extensions: others } : {};
}
