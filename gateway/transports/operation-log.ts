import type { Log } from '@comptoir/platform/log.ts';
import { operationEvent } from '@comptoir/platform/log-files.ts';
import type { OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';

/** What became of an operation, and what kind it is as far as that could be read. */
export interface ToldOperation {
  readonly type: `${OperationTypeNode}` | null;
  readonly name: string | null | undefined;
  /** A subscription has `started`; the others were answered `ok` or with errors (`failed`). What was not run at all is `refused`. */
  readonly status: 'ok' | 'started' | 'failed' | 'refused';
  /** The code of the first error. */
  readonly code?: unknown;
}

/** Names are the client's; a longer one is cut off. */
const maxNameLength = 100;

/** Tells of each operation over a WebSocket in a line of its own, as there is one for each request over HTTP. Begun when the operation comes; what is returned is called once, at its end. */
export function createOperationLog(log: Log) {
  return ({ name: consumer, consumerId }: Caller, traceId: string) => {
    const startedAt = performance.now();
    return ({ type, name, status, code }: ToldOperation): void => {
      const durationMs = Math.round((performance.now() - startedAt) * 100) / 100;
      const operation = { type, name: name?.slice(0, maxNameLength) ?? null, status, ...(code !== undefined && { code }) };
      log.info(
        { event: operationEvent, traceId, ...operation, consumer, consumerId, durationMs },
        `WebSocket ${type ?? 'operation'} ${status}`,
      );
    };
  };
}
