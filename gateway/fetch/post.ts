import type { Dispatcher } from 'undici';
import { Pool } from 'undici';

export interface PostLimits {
  readonly maxResponseBytes: number;
  readonly maxConnections: number;
}

export interface PostResult {
  readonly status: number;
  readonly text: string;
}

/** Why there is no answer. */
export type PostFault = 'timeout' | 'unreachable' | 'too_large' | 'aborted';

export class PostError extends Error {
  override readonly name = 'PostError';
  readonly fault: PostFault;
  /** False: not a byte of the request has left, so that nothing can have come of it. */
  readonly sent: boolean;

  constructor(fault: PostFault, sent: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message : fault, { cause });
    this.fault = fault;
    this.sent = sent;
  }
}

/** Keep-alive connections to one address. */
export interface Poster {
  /** @throws PostError */
  post(body: string, headers: Readonly<Record<string, string>>, timeoutMs: number, signal?: AbortSignal): Promise<PostResult>;
  /** What is under way is answered first, for a while. */
  stop(): Promise<void>;
}

const connectTimeoutMs = 3_000;
const stopTimeoutMs = 3_000;

export function createPoster(url: string, { maxResponseBytes, maxConnections }: PostLimits): Poster {
  const { origin, pathname, search } = new URL(url);
  const connect = { timeout: connectTimeoutMs };
  const pool = new Pool(origin, { connections: maxConnections, pipelining: 1, keepAliveTimeout: 30_000, connect });
  const path = pathname + search;
  let stopping: Promise<void> | undefined;

  return {
    post(body, headers, timeoutMs, signal) {
      return new Promise<PostResult>((resolve, reject) => {
        if (signal?.aborted) return reject(new PostError('aborted', false, signal.reason));
        let controller: Dispatcher.DispatchController | undefined;
        let status = 0;
        let received = 0;
        let failure: PostError | undefined;
        const chunks: Buffer[] = [];
        const giveUp = (fault: PostFault, reason: unknown) => {
          failure ??= new PostError(fault, controller !== undefined, reason);
          settle(() => reject(failure));
          controller?.abort(failure);
        };
        const onAbort = () => giveUp('aborted', signal?.reason);
        const timer = setTimeout(() => giveUp('timeout', new Error(`No answer within ${Math.round(timeoutMs)} ms`)), timeoutMs);
        const settle = (how: () => void) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          how();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        // Raw dispatch: a response stream for every small answer costs more than the answer.
        pool.dispatch(
          { path, method: 'POST', headers, body },
          {
            // Called when the request is about to be written to a connection that is there.
            onRequestStart(started) {
              controller = started;
              if (failure !== undefined) started.abort(failure);
            },
            onResponseStart(_controller, statusCode) {
              status = statusCode;
            },
            onResponseData(_controller, chunk) {
              received += chunk.length;
              if (received > maxResponseBytes) giveUp('too_large', new Error(`The answer is larger than ${maxResponseBytes} bytes`));
              else chunks.push(chunk);
            },
            onResponseEnd() {
              settle(() => resolve({ status, text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8') }));
            },
            onResponseError(_controller, error) {
              failure ??= new PostError('unreachable', controller !== undefined, error);
              settle(() => reject(failure));
            },
          },
        );
      });
    },
    stop() {
      stopping ??= closeWithin(pool, stopTimeoutMs);
      return stopping;
    },
  };
}

async function closeWithin(pool: Pool, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => void pool.destroy(), timeoutMs);
  await pool.close();
  clearTimeout(timer);
}
