import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@comptoir/platform/log.ts';
import type { EdgeReport } from '@comptoir/schema/edge-report.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch } from '../auth/caller-watch.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import { type EventStream, openEventStream } from '../transports/event-stream.ts';
import { retryWaitMs } from '../transports/result-stream.ts';

export interface EdgeStream {
  /** Answers with the report as it is, and again whenever it has changed, until the client goes, its right is lost or the gateway stops. */
  serve(request: FastifyRequest, reply: FastifyReply, caller: Caller): void;
  /** Asks all to come back. */
  stop(): Promise<void>;
}

export interface EdgeStreamDeps {
  readonly report: () => Promise<EdgeReport>;
  readonly callerWatch: CallerWatch;
  readonly log: Log;
}

interface Listener {
  readonly stream: EventStream;
  congested: boolean;
  /** What it was sent last. */
  sent: string;
}

/** One look serves all who listen; nobody looks while nobody does. A client that reads slowly misses what is not the newest. */
export function createEdgeStream({ everyMs }: { everyMs: number }, { report, callerWatch, log }: EdgeStreamDeps): EdgeStream {
  const listeners = new Set<Listener>();
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    while (listeners.size > 0) {
      try {
        const text = JSON.stringify(await report());
        for (const listener of listeners) tell(listener, text);
      } catch (error) {
        log.warn({ event: 'edge_report_failed', err: error }, 'the state of the edge cannot be told');
      }
      await delay(everyMs, undefined, { ref: false });
    }
    looking = false;
  }

  function tell(listener: Listener, text: string): void {
    if (listener.congested || listener.sent === text) return;
    listener.sent = text;
    listener.congested = !listener.stream.send('next', text);
  }

  return {
    serve(request, reply, caller) {
      const listener: Listener = {
        congested: false,
        sent: '',
        stream: openEventStream(reply, {
          onDrain() {
            listener.congested = false;
          },
          onClose() {
            listeners.delete(listener);
            watch.stop();
          },
        }),
      };
      const watch = callerWatch.watch(credentialsFromHeaders(request.headers), caller, () => listener.stream.end());
      listeners.add(listener);
      void look();
    },
    async stop() {
      for (const { stream } of listeners) stream.retryLater(retryWaitMs());
    },
  };
}
