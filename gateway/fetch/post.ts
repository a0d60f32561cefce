import type { Dispatcher } from 'undici';
import { Pool } from 'undici';

export interface PostLimits {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly maxConnections: number;
}

export interface PostResult {
  readonly status: number;
  readonly text: string;
}

/** Keep-alive connections to one address. */
export interface Poster {
  /** @throws Error of the network, or with name TimeoutError or ResponseTooLargeError, or the signal's reason. */
  post(body: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<PostResult>;
  stop(): Promise<void>;
}

export class ResponseTooLargeError extends Error {
  override name = 'ResponseTooLargeError';
}

export function createPoster(url: string, { timeoutMs, maxResponseBytes, maxConnections }: PostLimits): Poster {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections: maxConnections, pipelining: 1, keepAliveTimeout: 30_000, connect: { timeout: 3000 } });
  const path = pathname + search;

  return {
    post(body, headers, signal) {
      return new Promise<PostResult>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        let controller: Dispatcher.DispatchController | undefined;
        let status = 0;
        let received = 0;
        let failure: unknown;
        const chunks: Buffer[] = [];
        const giveUp = (reason: unknown) => {
          failure ??= reason;
          settle(() => reject(failure));
          controller?.abort(failure as Error);
        };
        const onAbort = () => giveUp(signal?.reason);
        const timer = setTimeout(() => giveUp(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')), timeoutMs);
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
            onRequestStart(started) {
              controller = started;
              if (failure !== undefined) started.abort(failure as Error);
            },
            onResponseStart(_controller, statusCode) {
              status = statusCode;
            },
            onResponseData(_controller, chunk) {
              received += chunk.length;
              if (received > maxResponseBytes) giveUp(new ResponseTooLargeError(`The answer is larger than ${maxResponseBytes} bytes`));
              else chunks.push(chunk);
            },
            onResponseEnd() {
              settle(() => resolve({ status, text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8') }));
            },
            onResponseError(_controller, error) {
              settle(() => reject(failure ?? error));
            },
          },
        );
      });
    },
    stop: () => pool.destroy(),
  };
}
