import { GraphQLError } from 'graphql';

/** A result on its way: the JSON text of an execution result, made once for all who share it, and the cursor that stands in it. */
export interface Told {
  readonly text: string;
  readonly cursor: string | undefined;
}

/** The way to one client. */
export interface Outlet {
  /** Hands a result over; false once the client's connection is congested, until `drained` is called. */
  write(result: Told): boolean;
  /** Tells a client that asked for it that it has everything up to the cursor. */
  mark(cursor: string): void;
  end(): void;
  /** @param after the cursor of what was handed over last. */
  fail(error: GraphQLError, after?: string): void;
}

export interface ClientQueueOptions {
  readonly maxEvents: number;
  readonly maxBytes: number;
  /** Each result is the whole newest state, so a newer one takes the place of those that wait. */
  readonly coalesce: boolean;
  readonly onCoalesced: () => void;
  /** The client was let go, and this many results that waited for it were dropped. */
  readonly onDropped: (results: number) => void;
}

/** Results on their way to one client: at once while it keeps up, in a bounded queue while it does not. */
export interface ClientQueue {
  push(result: Told): void;
  mark(cursor: string): void;
  /** The connection has room again. */
  drained(): void;
  /** Ends after what waits has been handed over. */
  end(): void;
  /** Fails after what waits has been handed over. */
  fail(error: GraphQLError): void;
  /** Forgets everything: the client has gone. */
  close(): void;
  /** Bytes that wait. */
  waitingBytes(): number;
}

/**
 * A coalescing queue holds the newest state, which is the last one of all once its source has ended: that one is never left out. Any other holds everything or lets the
 * client go: it comes back with the cursor of the last result it was handed, and gets the rest then.
 */
export function createClientQueue(options: ClientQueueOptions, outlet: Outlet): ClientQueue {
  const { maxEvents, maxBytes, coalesce, onCoalesced, onDropped } = options;
  let waiting: Told[] = [];
  let bytes = 0;
  let congested = false;
  let closed = false;
  let ending: (() => void) | undefined;
  let handed: string | undefined;

  const write = (result: Told): boolean => {
    handed = result.cursor ?? handed;
    return outlet.write(result);
  };
  const close = () => {
    closed = true;
    waiting = [];
    bytes = 0;
  };
  const finish = (end: () => void) => {
    if (closed || ending) return;
    ending = () => {
      close();
      end();
    };
    if (waiting.length === 0) ending();
  };
  const letGo = () => {
    onDropped(waiting.length + 1);
    close();
    outlet.fail(new GraphQLError('The client reads too slowly', { extensions: { code: 'SLOW_CONSUMER' } }), handed);
  };

  return {
    push(result) {
      if (closed || ending) return;
      if (!congested) {
        congested = !write(result);
        return;
      }
      if (coalesce && waiting.length > 0) {
        onCoalesced();
        waiting = [];
        bytes = 0;
      }
      bytes += result.text.length;
      if (!coalesce && (waiting.length >= maxEvents || (waiting.length > 0 && bytes > maxBytes))) letGo();
      else waiting.push(result);
    },
    mark(cursor) {
      // What waits has later cursors of its own, or none that matters.
      if (closed || ending || waiting.length > 0) return;
      handed = cursor;
      outlet.mark(cursor);
    },
    drained() {
      congested = false;
      let taken = 0;
      while (!congested && taken < waiting.length) {
        const result = waiting[taken++]!;
        bytes -= result.text.length;
        congested = !write(result);
      }
      if (taken > 0) waiting = waiting.slice(taken);
      if (waiting.length === 0) ending?.();
    },
    end: () => finish(() => outlet.end()),
    fail: (error) => finish(() => outlet.fail(error, handed)),
    close,
    waitingBytes: () => bytes,
  };
}
