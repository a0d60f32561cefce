import { continueTrace, formatTraceparent, type Trace } from '@comptoir/platform/trace.ts';
import type { Caller } from './auth/caller.ts';

/** What travels with one operation from the client's request to every fetch it causes. */
export interface GatewayContext {
  readonly caller: Caller;
  /** Where the request came from, as far as that is known. */
  readonly address?: string | undefined;
  /** The uses of limited fields were counted already. */
  readonly fieldsCounted?: boolean | undefined;
  /** Fires when the client has gone. Honoured by queries only: a mutation that has begun is finished. */
  readonly signal?: AbortSignal | undefined;
  /** When nobody waits for the answer any more, by `performance.now()`; left out: each subgraph has the time that any request to it has. */
  readonly deadlineAt?: number | undefined;
  /** Tracing headers of the client's request, handed on as they are. */
  readonly trace?: Readonly<Record<string, string>> | undefined;
  /** Set where the answer is to be kept: its fetches are shared with none that may have begun before something was removed from the cache. */
  readonly fence?: string | undefined;
}

/** The headers that subgraphs get of a request: its place in the trace and its id; never a credential. */
export function traceHeaders(trace: Trace, requestId?: unknown): Record<string, string> {
  const traceparent = formatTraceparent(trace);
  return typeof requestId === 'string' && /^[\x20-\x7e]{1,128}$/.test(requestId)
    ? { traceparent, 'x-request-id': requestId }
    : { traceparent };
}

/** The same, of a request that is known by its headers only. */
export function traceOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return traceHeaders(continueTrace(headers.traceparent), headers['x-request-id']);
}
