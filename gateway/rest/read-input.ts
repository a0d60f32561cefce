import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AnyRestRoute, RouteInput } from './define-route.ts';
import { describedFaults } from './described-faults.ts';
import { type FaultPlace, faultsOf, type RestFault } from './faults.ts';
import { readJsonBody } from './json-body.ts';
import { listQuery, type Slice, sliceOf } from './lists.ts';

export interface ReadInput {
  readonly input: RouteInput<unknown, unknown, unknown>;
  /** Which part of a list is wanted. */
  readonly slice: Slice;
  /** Every fault of path, query, headers and body; the input is to be used only where there is none. */
  readonly faults: readonly RestFault[];
}

const anything = z.unknown();

/**
 * Reads and checks everything a route takes, going on after a fault so that all are named at once.
 * @throws Refusal for a body that is not said to be JSON
 */
export function readInput(route: AnyRestRoute, request: FastifyRequest): ReadInput {
  const faults: RestFault[] = [];
  const check = <T>(place: FaultPlace, schema: z.ZodType<T>, given: unknown): T => {
    const { success, data, error } = schema.safeParse(given);
    if (!success) faults.push(...faultsOf(place, error, given));
    return data as T;
  };
  const params = check('path', route.request?.params ?? anything, request.params);
  const query = check('query', route.request?.query ?? anything, request.query);
  const slice = sliceOf(check('query', listQuery, route.list ? request.query : {}) ?? {});
  const idempotencyKey = route.method === 'POST' ? readIdempotencyKey(request, faults) : undefined;
  let body: unknown;
  let given: unknown;
  if (route.request?.body) {
    const read = readJsonBody(request);
    if (read.fault) faults.push(read.fault);
    else {
      given = read.value;
      body = check('body', route.request.body, given);
    }
  }
  if (faults.length > 0) {
    const { query: querySchema = anything, body: bodySchema = anything } = route.request ?? {};
    const more = [...describedFaults('query', querySchema, request.query), ...describedFaults('body', bodySchema, given)];
    const found = new Set(faults.map(({ loc }) => JSON.stringify(loc)));
    faults.push(...more.filter(({ loc }) => !found.has(JSON.stringify(loc))));
  }
  return { input: { params, query, body, idempotencyKey }, slice, faults };
}

function readIdempotencyKey(request: FastifyRequest, faults: RestFault[]): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x20-\x7e]{1,200}$/.test(key)) return key;
  faults.push({ loc: ['header', 'Idempotency-Key'], msg: 'De 1 à 200 caractères ASCII imprimables', type: 'string_pattern_mismatch' });
  return undefined;
}
