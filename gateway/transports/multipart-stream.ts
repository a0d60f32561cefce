import { GraphQLError } from 'graphql';
import { type OpenResultStream, openResponse } from './result-stream.ts';

const boundary = '\r\n--graphql';
/** Readers take a part as whole once they see the boundary behind it, so that one is sent along. */
const part = (content: object | string) =>
  `\r\ncontent-type: application/json\r\n\r\n${typeof content === 'string' ? content : JSON.stringify(content)}${boundary}`;

/** Apollo's "multipart HTTP protocol for GraphQL subscriptions", version 1.0. */
export const openMultipart: OpenResultStream = (reply, events) => {
  const form = { contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"', begin: boundary, heartbeat: part('{}') };
  const { write, end } = openResponse(reply, form, events);
  const fail = (error: GraphQLError) => end(`${part({ payload: null, errors: [error] })}--\r\n`);
  return {
    next: (text) => write(part(`{"payload":${text}}`)),
    mark(cursor) {
      if (events.marks) write(part({ payload: { data: null, extensions: { cursor } } }));
    },
    fail,
    complete: () => end('--\r\n'),
    retryLater: (retryAfterMs) =>
      fail(new GraphQLError('This instance is stopping: come back', { extensions: { code: 'SHUTTING_DOWN', retryAfterMs } })),
    revoke: () => fail(new GraphQLError('The credential counts no more', { extensions: { code: 'UNAUTHENTICATED' } })),
  };
};
