import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch } from '../auth/caller-watch.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import { traceHeaders } from '../context.ts';
import type { Transport } from '../metrics.ts';
import type { Subscription } from '../subscriptions/engine.ts';
import type { GraphqlHttpRequest } from './request-body.ts';
import { type OpenResultStream, type ResultStream, retryWaitMs } from './result-stream.ts';
import { begin, type OperationRunner, publicErrors } from './subscribe.ts';
import { wantedCursorOverHttp } from './wanted-cursor.ts';

/** One operation, one response that stays open for its results. */
export interface HttpStreamTransport {
  /**
   * Answers the request with a stream.
   * @throws ComptoirError CURSOR_INVALID, before the stream has begun.
   */
  serve(operation: GraphqlHttpRequest, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  stop(): Promise<void>;
}

export function createHttpStreamTransport(
  transport: Exclude<Transport, 'websocket'>,
  openStream: OpenResultStream,
  runner: OperationRunner & { callerWatch: CallerWatch },
): HttpStreamTransport {
  const open = new Set<() => void>();

  return {
    async serve(operation, caller, request, reply) {
      const { metrics } = runner;
      const { after, marks } = wantedCursorOverHttp(operation, request);
      let subscription: Subscription | undefined;
      let closed = false;
      metrics.clientOpened(transport);
      const stream: ResultStream = openStream(reply, {
        marks,
        onDrain: () => subscription?.drained(),
        onClose() {
          closed = true;
          open.delete(leave);
          watch.stop();
          metrics.clientClosed(transport);
          subscription?.stop('client');
        },
      });
      const leave = () => {
        subscription?.stop('shutdown');
        stream.retryLater(retryWaitMs());
      };
      open.add(leave);
      // The client comes back to a refusal that it can read.
      const watch = runner.callerWatch.watch(credentialsFromHeaders(request.headers), caller, () => stream.revoke());

      const prepared = runner.prepare(operation);
      if (prepared.kind === 'subscription') {
        subscription = begin(
          prepared,
          {
            caller,
            transport,
            name: operation.operationName ?? null,
            after,
            outlet: {
              write: ({ text, cursor }) => stream.next(text, cursor),
              mark: stream.mark,
              end: stream.complete,
              fail: stream.fail,
            },
          },
          runner,
        );
        if (closed) subscription.stop('client');
        return;
      }
      const result =
        prepared.kind === 'faulty'
          ? { errors: publicErrors(prepared.errors, runner) }
          : await runner.execute(operation, { caller, address: request.ip, trace: traceHeaders(request.trace, request.id) });
      stream.next(JSON.stringify(result));
      stream.complete();
    },
    async stop() {
      for (const leave of [...open]) leave();
    },
  };
}
