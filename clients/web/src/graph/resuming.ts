import type { Client, ExecutionResult } from 'graphql-ws';

/** The cursor is of no use any more: what follows begins anew, and the screens read the state afresh after every interruption anyway. */
const spent = ['CURSOR_EXPIRED', 'CURSOR_INVALID'];

/** The same client, whose subscriptions go on after a lost connection with what came meanwhile, by the cursor that the gateway tells with each event. */
export function resuming(client: Client): Client {
  return {
    ...client,
    subscribe(payload, sink) {
      // The client sends the payload again as it is by then whenever it has to connect anew. Null asks for a cursor before the first event.
      const extensions: Record<string, unknown> = { ...payload.extensions, cursor: null };
      return client.subscribe(
        { ...payload, extensions },
        {
          ...sink,
          next(result) {
            const cursor = (result as ExecutionResult).extensions?.cursor;
            if (typeof cursor === 'string') extensions.cursor = cursor;
            // Only the cursor was told: nothing has happened.
            if (result.data === null && result.errors === undefined && typeof cursor === 'string') return;
            sink.next(result as never);
          },
          error(error) {
            if (Array.isArray(error) && error.some((each) => spent.includes(each?.extensions?.code))) extensions.cursor = null;
            sink.error(error);
          },
        },
      );
    },
  };
}
