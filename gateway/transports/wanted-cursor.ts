import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { FastifyRequest } from 'fastify';
import type { GraphqlHttpRequest } from './request-body.ts';

/** How a client wants its subscription to begin. */
export interface Wanted {
  /** After the event with this cursor; null: now. */
  readonly after: string | null;
  /** It said null: it is told where it begins, in a result without data. Others, who may not expect such a one, know it with their first event. */
  readonly marks: boolean;
}

/**
 * From `extensions.cursor` of the operation: text or null.
 * @throws ComptoirError CURSOR_INVALID
 */
export function wantedCursor(extensions: Readonly<Record<string, unknown>> | null | undefined): Wanted {
  const cursor = extensions?.cursor;
  if (cursor === undefined || cursor === null) return { after: null, marks: cursor === null };
  if (typeof cursor !== 'string') throw new ComptoirError('CURSOR_INVALID');
  return { after: cursor, marks: false };
}

/**
 * The same over HTTP, where an EventSource that comes back by itself says the newest in Last-Event-ID while its address is still the old one.
 * @throws ComptoirError CURSOR_INVALID
 */
export function wantedCursorOverHttp({ extensions }: GraphqlHttpRequest, request: FastifyRequest): Wanted {
  const last = request.headers['last-event-id'];
  if (typeof last === 'string' && last !== '') return { after: last, marks: false };
  const { cursor } = request.query as Record<string, unknown>;
  return wantedCursor(typeof cursor === 'string' && cursor !== '' && !('cursor' in extensions) ? { cursor } : extensions);
}
