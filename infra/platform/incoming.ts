import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { continueTrace, type Trace } from './trace.ts';

/** What is kept with a request, beside what Fastify knows of it. */
export interface Incoming extends IncomingMessage {
  id?: string;
  trace?: Trace;
  /** By `performance.now()`. */
  begunAt?: number;
}

/** Since its head was read, in milliseconds. */
export function elapsedMs({ begunAt = Number.NaN }: Incoming): number {
  return performance.now() - begunAt;
}

export function traceOf(raw: Incoming): Trace {
  raw.trace ??= continueTrace(raw.headers.traceparent);
  return raw.trace;
}

/** The caller's X-Request-Id where it can be used, else a new one. */
export function requestId(raw: Incoming): string {
  const given = raw.headers['x-request-id'];
  raw.id = typeof given === 'string' && /^[\w.:+/=@-]{1,128}$/.test(given) ? given : randomUUID();
  return raw.id;
}
