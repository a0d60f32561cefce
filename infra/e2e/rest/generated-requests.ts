import type { Json } from '@comptoir/gateway/testing/description.ts';
import fc from 'fast-check';
import type { Ask, CheckingClient } from './answers.ts';
import { type Ids, spoiled, validValue } from './arbitrary-values.ts';

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Json[];
  readonly bodySchema: Json | undefined;
}

/** Every operation of the description that a credential is needed for. */
export function operationsOf({ description }: CheckingClient): Operation[] {
  return Object.entries(description.paths as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { security }]) => security === undefined)
      .map(([method, { operationId, parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        operationId,
        parameters,
        bodySchema: requestBody?.content['application/json'].schema,
      })),
  );
}

export interface GeneratedRequest extends Ask {
  /** Whether the description itself says that this cannot be taken: an answer of 2xx is a fault then. */
  readonly wrong: boolean;
}

const json = { 'content-type': 'application/json' };
const wrongIds = fc.constantFrom(
  '0',
  '-1',
  '1.5',
  'abc',
  '%00',
  '%C3%A9',
  '2147483647',
  '2147483648',
  '9'.repeat(16),
  '%2e%2e%2f',
  "1'--",
  '1%20OR%201=1',
  '%F0%9F%98%80',
);
const wrongQueries = fc.constantFrom(
  'limit=0',
  'limit=501',
  'limit=abc',
  'offset=-1',
  'page=0',
  'size=501',
  'limit=1&limit=2',
  'offset=1e9',
  'q=%00',
  'q=%ED%A0%80',
  'page=2&offset=3',
  'limit',
  'prix_min=1.005',
  'client_id=x',
  '__proto__=1',
  `q=${'x'.repeat(300)}`,
);

/** Requests for an operation: by the description valid, or made wrong in path, query, body or the way the body is sent. */
export function requestsFor(client: CheckingClient, operation: Operation, ids: Ids): fc.Arbitrary<GeneratedRequest> {
  const { method, path, parameters, bodySchema } = operation;
  const { check } = client;
  const inPlace = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const value = (parameter: Json) => validValue(parameter.schema, { check, ids, name: idName(operation, parameter.name) });

  const pathValues = fc.record(Object.fromEntries(inPlace('path').map((parameter) => [parameter.name, value(parameter)])));
  const query = fc.record(Object.fromEntries(inPlace('query').map((parameter) => [parameter.name, value(parameter)])), {
    requiredKeys: [],
  });
  const body = bodySchema ? validValue(bodySchema, { check, ids }) : fc.constant(undefined);
  const valid = fc.tuple(pathValues, query, body, fc.option(fc.uuid(), { freq: 3, nil: undefined })).map(([values, pairs, sent, key]) => ({
    values: Object.fromEntries(Object.entries(values).map(([name, each]) => [name, segment(String(each))])),
    pairs: new URLSearchParams(Object.entries(pairs).map(([name, each]) => [name, String(each)])).toString(),
    sent,
    headers: method === 'POST' && key ? { 'idempotency-key': key } : {},
  }));
  const url = (values: Record<string, unknown>, pairs: string) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])) + (pairs ? `?${pairs}` : '');
  const ask = (values: Record<string, unknown>, pairs: string, more: Partial<GeneratedRequest>): GeneratedRequest => ({
    method,
    path,
    url: url(values, pairs),
    wrong: false,
    ...more,
  });
  const asJson = (sent: unknown, headers: object) =>
    sent === undefined ? { headers: { ...headers } } : { headers: { ...json, ...headers }, body: JSON.stringify(sent) };

  const right = valid.map(({ values, pairs, sent, headers }) => ask(values, pairs, asJson(sent, headers)));
  const mistakes: fc.Arbitrary<GeneratedRequest>[] = [];
  if (inPlace('path').length > 0) {
    mistakes.push(
      fc
        .tuple(valid, wrongIds)
        .map(([{ values, pairs, sent }, id]) =>
          ask(Object.fromEntries(Object.keys(values).map((name) => [name, id])), pairs, asJson(sent, {})),
        ),
    );
  }
  if (method === 'GET') mistakes.push(fc.tuple(valid, wrongQueries).map(([{ values }, pairs]) => ask(values, pairs, {})));
  if (bodySchema) {
    const accepts = check.validator(bodySchema);
    mistakes.push(
      valid
        .chain((all) => spoiled(all.sent as Record<string, unknown>).map((sent) => ({ ...all, sent })))
        .map(({ values, pairs, sent, headers }) => ask(values, pairs, { ...asJson(sent, headers), wrong: !accepts(sent) })),
      fc
        .tuple(valid, fc.uint8Array({ minLength: 1, maxLength: 100 }))
        .map(([{ values }, bytes]) => ask(values, '', { headers: json, body: Uint8Array.from([0x7b, ...bytes]), wrong: true })),
      valid.map(({ values, sent }) =>
        ask(values, '', { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(sent), wrong: true }),
      ),
    );
  }
  return mistakes.length > 0 ? fc.oneof({ weight: 2, arbitrary: right }, { weight: 1, arbitrary: fc.oneof(...mistakes) }) : right;
}

/** A value as a part of a path. What a URL takes for steps between folders cannot be sent as one. */
const segment = (text: string) => (/^\.{1,2}$/.test(text) ? `${text}a` : encodeURIComponent(text.toWellFormed()));

/** In paths every id is called id; which things it is of is told by what is before it. */
function idName({ path }: Operation, name: string): string {
  if (name !== 'id') return name;
  return { customers: 'client_id', products: 'produit_id', orders: 'order_id' }[/(\w+)\/\{id\}/.exec(path)?.[1] ?? ''] ?? name;
}
