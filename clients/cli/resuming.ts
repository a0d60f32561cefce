import { setTimeout as wait } from 'node:timers/promises';
import { type ErrorCode, errorCatalogue, isErrorCode } from '@comptoir/schema/errors.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { Client, FormattedExecutionResult, SubscribePayload } from 'graphql-ws';

type Result = FormattedExecutionResult<Record<string, unknown>, unknown>;

/** What came after the cursor is not to be had any more. */
const spent: readonly (ErrorCode | undefined)[] = ['CURSOR_EXPIRED', 'CURSOR_INVALID'];
const firstWaitMs = 250;
const longestWaitMs = 5_000;

interface ResumeOptions {
  readonly signal?: AbortSignal | undefined;
  /** The gateway does not know any more what came meanwhile: the events go on with what comes from now. */
  readonly onMissed: () => void;
}

/**
 * The events of a subscription, each once and in order, whatever connections it takes: who comes back shows the newest cursor and is told what came
 * meanwhile. Ends where the gateway ends it or `signal` aborts. @throws the gateway's errors, as an array, and what closed the connection for good.
 */
export async function* resumed(client: Client, payload: SubscribePayload, options: ResumeOptions): AsyncGenerator<Result> {
  const { signal, onMissed } = options;
  // The client sends the payload as it is by then whenever it has to connect anew. Null asks for a cursor before the first event.
  const extensions: { cursor: string | null } = { cursor: null };
  let waitMs = firstWaitMs;
  while (!signal?.aborted) {
    try {
      for await (const result of eventsOf(client, { ...payload, extensions }, signal)) {
        const { cursor } = (result.extensions ?? {}) as { cursor?: unknown };
        if (typeof cursor === 'string') extensions.cursor = cursor;
        // Only the cursor was told: nothing has happened.
        if (typeof cursor === 'string' && result.data === null && result.errors === undefined) continue;
        waitMs = firstWaitMs;
        yield result;
      }
      return;
    } catch (error) {
      const code = codeOfErrors(error);
      if (extensions.cursor === null || code === undefined) throw error;
      if (spent.includes(code)) {
        extensions.cursor = null;
        onMissed();
      } else if (errorCatalogue[code].retryable) {
        // What this needs is away, and comes back as a lost connection does.
        await pause(waitMs * (0.5 + Math.random() / 2), signal);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      } else throw error;
    }
  }
}

/** The events of one subscription; ends at once when `signal` aborts, also while there is no connection. */
async function* eventsOf(client: Client, payload: SubscribePayload, signal: AbortSignal | undefined): AsyncGenerator<Result> {
  const waiting: Result[] = [];
  let over: { error?: unknown } | null = null;
  let wake: () => void = () => undefined;
  const end = (how: { error?: unknown }) => {
    over ??= how;
    wake();
  };
  const leave = client.subscribe(payload, {
    next: (result) => {
      waiting.push(result);
      wake();
    },
    error: (error) => end({ error }),
    complete: () => end({}),
  });
  const onAbort = () => end({});
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      const next = waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (over !== null) {
        if ('error' in over) throw (over as { error: unknown }).error;
        return;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    leave();
  }
}

function codeOfErrors(error: unknown): ErrorCode | undefined {
  if (!Array.isArray(error)) return undefined;
  const code = (error[0] as GraphQLFormattedError | undefined)?.extensions?.code;
  return isErrorCode(code) ? code : undefined;
}

async function pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(waitMs, undefined, signal ? { signal } : {});
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}
