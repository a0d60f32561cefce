import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client/core';
import { type CombinedProtocolErrors, PROTOCOL_ERRORS_SYMBOL } from '@apollo/client/errors';
import { HttpLink } from '@apollo/client/link/http';
import { parse } from 'graphql';
import { WebSocket } from 'ws';

/** Where a follower finds its gateway. */
export interface Door {
  url(): string;
  wsUrl(): string;
}

export interface FollowerState {
  // biome-ignore lint/suspicious/noExplicitAny: tests know what they asked for.
  readonly results: any[];
  readonly errors: { message: string; extensions?: Record<string, unknown> }[];
  /** Of the newest that came, event or word. */
  cursor: string | null;
  completed: boolean;
}

/** A client that can be cut off and comes back with its newest cursor. */
export interface Follower extends Disposable {
  readonly state: FollowerState;
  connect(door: Door): void;
  /** As when its line breaks: without a word to the gateway. */
  cut(): void;
}

export type Follow = (query: string, options?: { key?: string; variables?: Record<string, unknown>; cursor?: string | null }) => Follower;

// biome-ignore lint/suspicious/noExplicitAny: results of any operation.
type Result = { data?: any; errors?: any; extensions?: any };

type Begin = (door: Door, state: Readonly<FollowerState>, heard: { take(result: Result): void; complete(): void }) => () => void;

function follower(begin: Begin, cursor: string | null): Follower {
  const state: FollowerState = { results: [], errors: [], cursor, completed: false };
  let end: (() => void) | undefined;
  const cut = () => {
    end?.();
    end = undefined;
  };
  return {
    state,
    connect(door) {
      let open = true;
      // What a client that has gone still finds in its buffers is of no use to it.
      const stop = begin(door, state, {
        take({ data, errors, extensions }) {
          if (!open) return;
          if (errors) state.errors.push(...errors);
          if (typeof extensions?.cursor === 'string') state.cursor = extensions.cursor;
          if (data) state.results.push(data);
        },
        complete() {
          if (open) state.completed = true;
        },
      });
      end = () => {
        open = false;
        stop();
      };
    },
    cut,
    [Symbol.dispose]: cut,
  };
}

const defaultKey = 'admin-key';

/** Over WebSocket, on a bare socket: clients of others keep promises of their own when their line is cut at any moment. */
export const followByWebSocket: Follow = (query, { key = defaultKey, variables, cursor = null } = {}) =>
  follower((door, state, { take, complete }) => {
    const socket = new WebSocket(door.wsUrl(), 'graphql-transport-ws');
    const send = (message: object) => socket.send(JSON.stringify(message));
    // One that is cut while it connects says so.
    socket.on('error', () => undefined);
    socket.on('open', () => send({ type: 'connection_init', payload: { apiKey: key } }));
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'connection_ack')
        send({ id: '1', type: 'subscribe', payload: { query, variables, extensions: { cursor: state.cursor } } });
      else if (type === 'next') take(payload);
      else if (type === 'error') take({ errors: payload });
      else if (type === 'complete') complete();
    });
    return () => socket.terminate();
  }, cursor);

/** As server-sent events, read as an EventSource does: it keeps the last id and says it when it comes back. */
export const followBySse: Follow = (query, { key = defaultKey, variables, cursor = null } = {}) =>
  follower((door, state, { take, complete }) => {
    const abort = new AbortController();
    const read = async () => {
      const response = await fetch(`${door.url()}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': key,
          accept: 'text/event-stream',
          ...(state.cursor !== null && { 'last-event-id': state.cursor }),
        },
        body: JSON.stringify({ query, variables }),
        signal: abort.signal,
      });
      let text = '';
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const fields = new Map(
            text
              .slice(0, end)
              .split('\n')
              .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()] as const),
          );
          text = text.slice(end + 2);
          const { data, errors } = JSON.parse(fields.get('data') || '{}') as Result;
          if (fields.get('event') === 'complete') complete();
          // The id counts with the event, and alone too.
          else take({ data, errors, extensions: fields.has('id') ? { cursor: fields.get('id') } : undefined });
        }
      }
    };
    read().catch((error: Error) => abort.signal.aborted || state.errors.push({ message: error.message }));
    return () => abort.abort();
  }, cursor);

/** As multipart, by the link of Apollo's own client. (The client itself leaves out results without data, and with them the word of where a subscription begins.) */
export const followByMultipart: Follow = (query, { key = defaultKey, variables, cursor = null } = {}) =>
  follower((door, state, { take, complete }) => {
    const link = new HttpLink({ uri: `${door.url()}/graphql`, headers: { 'x-api-key': key }, includeExtensions: true });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const request = { query: parse(query), variables, extensions: { cursor: state.cursor } };
    const subscription = ApolloLink.execute(link, request, { client }).subscribe({
      next({ data, errors, extensions }) {
        const failure = extensions?.[PROTOCOL_ERRORS_SYMBOL as unknown as string] as CombinedProtocolErrors | undefined;
        take({ data, errors: errors ?? failure?.errors, extensions });
      },
      error: (error: Error) => take({ errors: [error] }),
      complete,
    });
    return () => {
      subscription.unsubscribe();
      client.stop();
    };
  }, cursor);

export const followers: Readonly<Record<string, Follow>> = {
  'graphql-transport-ws': followByWebSocket,
  'server-sent events': followBySse,
  multipart: followByMultipart,
};
