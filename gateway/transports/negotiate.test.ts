import { expect, test } from 'vitest';
import { negotiate } from './negotiate.ts';

const apollo = 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json';
const urql = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
const deferring = 'multipart/mixed;deferSpec=20220824,application/json';

for (const [accept, query, subscription] of [
  [undefined, 'json', 'json'],
  ['*/*', 'json', 'json'],
  ['application/json', 'json', null],
  ['application/graphql-response+json; charset=utf-8', 'json', null],
  ['text/event-stream', 'sse', 'sse'],
  ['text/event-stream, */*', 'json', 'sse'],
  ['TEXT/Event-Stream;q=0.5, application/json', 'json', 'sse'],
  ['text/event-stream;q=0, application/json', 'json', null],
  [apollo, 'json', 'multipart'],
  ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9', 'json', 'multipart'],
  ['multipart/mixed;subscriptionSpec=1.0', 'multipart', 'multipart'],
  ['text/event-stream;q=0.9, multipart/mixed;subscriptionSpec="1.0"', 'multipart', 'multipart'],
  ['text/event-stream, multipart/mixed;subscriptionSpec="1.0"', 'sse', 'sse'],
  ['multipart/mixed;subscriptionSpec="2.0", application/json', 'json', null],
  [urql, 'json', 'sse'],
  [deferring, 'json', null],
  ['multipart/mixed', null, null],
  ['text/csv, image/*', null, null],
  ['', null, null],
  ['"', null, null],
  ['text/event-stream;q=x', null, null],
] as const) {
  test(`${accept ?? 'nothing'} takes a query as ${query} and a subscription as ${subscription}`, () => {
    expect([negotiate(accept, () => false), negotiate(accept, () => true)]).toEqual([query, subscription]);
  });
}
