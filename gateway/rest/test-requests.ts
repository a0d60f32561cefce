import { type AnyRestRoute, successOf } from './define-route.ts';

export interface ExampleRequest {
  readonly method: AnyRestRoute['method'];
  /** With ids of the test graph, which has these things. */
  readonly url: string;
  readonly payload?: object;
  /** What it is answered with. */
  readonly status: number;
}

/** A request that a route answers with success where the test graph is as it was at first. */
export function exampleRequest(route: AnyRestRoute): ExampleRequest {
  const { method, path } = route;
  const [payload] = Object.values(route.request?.bodyExamples ?? {}) as object[];
  const isProduct = path.includes('/products/') || path.includes('/stock/');
  const url = path.replace('{saga_id}', 'saga_1').replace(/\{\w+\}/, isProduct ? '5' : '1');
  return { method, url, ...(payload ? { payload } : {}), status: successOf(route).status };
}
