import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch } from '../auth/caller-watch.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import { traceHeaders } from '../context.ts';
import type { Subscription } from '../subscriptions/engine.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { begin, type OperationRunner, publicErrors } from './subscribe.ts';

/** Server-sent events in the "distinct connections mode" of graphql-sse: one operation, one response. */
export interface SseTransport {
  /** Answers the request with a stream. */
  serve(operation: OperationRequest, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  stop(): Promise<void>;
}

/** Clients are told to come back after a wait between these, so that they do not all come at once. */
const minRetryMs = 500;
const maxRetryMs = 3_000;

export function retryWaitMs(): number {
  return Math.round(minRetryMs + Math.random() * (maxRetryMs - minRetryMs));
}

export function createSseTransport(runner: OperationRunner & { callerWatch: CallerWatch }): SseTransport {
  const open = new Set<() => void>();

  return {
    async serve(operation, caller, request, reply) {
      const { metrics } = runner;
      let subscription: Subscription | undefined;
      let closed = false;
      metrics.clientOpened('sse');
      const stream: EventStream = openEventStream(reply, {
        onDrain: () => subscription?.drained(),
        onClose() {
          closed = true;
          open.delete(leave);
          watch.stop();
          metrics.clientClosed('sse');
          subscription?.stop('client');
        },
      });
      const leave = () => {
        subscription?.stop('shutdown');
        stream.retryLater(retryWaitMs());
      };
      open.add(leave);
      // The client comes back to a refusal that it can read.
      const watch = runner.callerWatch.watch(credentialsFromHeaders(request.headers), caller, () => stream.end());
      const finish = () => {
        stream.send('complete', '');
        stream.end();
      };

      const prepared = runner.prepare(operation);
      if (prepared.kind === 'subscription') {
        subscription = begin(
          prepared,
          {
            caller,
            transport: 'sse',
            name: operation.operationName ?? null,
            outlet: {
              write: (result) => stream.send('next', result),
              end: finish,
              fail(error) {
                stream.send('next', JSON.stringify({ errors: [error] }));
                finish();
              },
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
          : await runner.execute(operation, { caller, trace: traceHeaders(request.trace, request.id) });
      stream.send('next', JSON.stringify(result));
      finish();
    },
    async stop() {
      for (const leave of [...open]) leave();
    },
  };
}
