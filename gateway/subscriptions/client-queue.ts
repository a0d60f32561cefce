import { GraphQLError } from 'graphql';

/** The way to one client. A result is the JSON text of an execution result, made once for all who share it. */
export interface Outlet {
  /** Hands a result over; false once the client's connection is congested, until `drained` is called. */
  write(result: string): boolean;
  end(): void;
  fail(error: GraphQLError): void;
}

export interface ClientQueueOptions {
  readonly maxEvents: number;
  /** Each result is the whole newest state, so a newer one takes the place of those that wait. */
  readonly coalesce: boolean;
  readonly onCoalesced: () => void;
}

/** Results on their way to one client: at once while it keeps up, in a bounded queue while it does not. */
export interface ClientQueue {
  push(result: string): void;
  /** The connection has room again. */
  drained(): void;
  /** Ends after what waits has been handed over. */
  end(): void;
  /** Fails after what waits has been handed over. */
  fail(error: GraphQLError): void;
  /** Forgets everything: the client has gone. */
  close(): void;
}

export function createClientQueue({ maxEvents, coalesce, onCoalesced }: ClientQueueOptions, outlet: Outlet): ClientQueue {
  let waiting: string[] = [];
  let congested = false;
  let closed = false;
  let ending: (() => void) | undefined;

  const close = () => {
    closed = true;
    waiting = [];
  };
  const finish = (end: () => void) => {
    if (closed || ending) return;
    ending = () => {
      close();
      end();
    };
    if (waiting.length === 0) ending();
  };

  return {
    push(result) {
      if (closed || ending) return;
      if (!congested) {
        congested = !outlet.write(result);
      } else if (coalesce) {
        if (waiting.length > 0) onCoalesced();
        waiting = [result];
      } else if (waiting.length < maxEvents) {
        waiting.push(result);
      } else {
        close();
        outlet.fail(
          new GraphQLError(`The client reads too slowly: ${maxEvents} events were waiting for it`, {
            extensions: { code: 'SLOW_CONSUMER' },
          }),
        );
      }
    },
    drained() {
      congested = false;
      while (!congested && waiting.length > 0) congested = !outlet.write(waiting.shift()!);
      if (waiting.length === 0) ending?.();
    },
    end: () => finish(() => outlet.end()),
    fail: (error) => finish(() => outlet.fail(error)),
    close,
  };
}
