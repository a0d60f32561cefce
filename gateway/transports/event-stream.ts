import type { FastifyReply } from 'fastify';
import { type OpenResultStream, openResponse } from './result-stream.ts';

/** A response of server-sent events. */
export interface EventStream {
  /** False while the connection is congested, until `onDrain` is called. An EventSource that comes back by itself says the last id it was sent. */
  send(event: 'next' | 'complete', data: string, id?: string): boolean;
  /** Sets the last id without an event. */
  setId(id: string): void;
  /** Tells the client when to come back, and ends. */
  retryLater(waitMs: number): void;
  end(): void;
}

export function openEventStream(reply: FastifyReply, events: { onDrain: () => void; onClose: () => void }): EventStream {
  const form = { contentType: 'text/event-stream; charset=utf-8', begin: ':\n\n', heartbeat: ':\n\n' };
  const { write, end } = openResponse(reply, form, events);
  return {
    send: (event, data, id) => write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`),
    setId: (id) => void write(`id: ${id}\n\n`),
    retryLater: (waitMs) => end(`retry: ${waitMs}\n\n`),
    end: () => end(),
  };
}

/** Server-sent events in the "distinct connections mode" of graphql-sse: one operation, one response. The id of each event is its cursor. */
export const openSse: OpenResultStream = (reply, events) => {
  const stream = openEventStream(reply, events);
  const complete = () => {
    stream.send('complete', '');
    stream.end();
  };
  return {
    next: (text, cursor) => stream.send('next', text, cursor),
    mark(cursor) {
      // An EventSource takes the id and calls nobody; other readers look into results only.
      if (events.marks) stream.send('next', JSON.stringify({ data: null, extensions: { cursor } }), cursor);
      else stream.setId(cursor);
    },
    fail(error) {
      stream.send('next', JSON.stringify({ errors: [error] }));
      complete();
    },
    complete,
    retryLater: stream.retryLater,
    revoke: stream.end,
  };
};
