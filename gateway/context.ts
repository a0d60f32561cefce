import type { Caller } from './auth/caller.ts';

/** What travels with one operation from the client's request to every fetch it causes. */
export interface GatewayContext {
  readonly caller: Caller;
  /** Fires when the client has gone. Honoured by queries only: a mutation that has begun is finished. */
  readonly signal?: AbortSignal | undefined;
  /** Tracing headers of the client's request, handed on as they are. */
  readonly trace?: Readonly<Record<string, string>> | undefined;
}

const traceHeaders = ['traceparent', 'tracestate', 'x-request-id'] as const;

/** The headers of a request that are handed on to subgraphs; never a credential. */
export function traceOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const trace: Record<string, string> = {};
  for (const name of traceHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && value.length <= 512 && /^[\x20-\x7e]*$/.test(value)) trace[name] = value;
  }
  return trace;
}
