import { type DescribedRoute, type RestMethod, successOf } from '../define-route.ts';
import type { DescribedRoutes } from '../openapi.ts';
import { type Chapter, type WalkStep, walk } from './walk.ts';

/** What every kind of route says of itself. */
type AnyRoute = Omit<DescribedRoute, 'servedElsewhere'>;

/** A request of the walk with what its route says of it. Variables stand in it as `{{name}}`. */
export interface WalkRequest {
  /** Unique. */
  readonly name: string;
  readonly title: string;
  readonly route: AnyRoute;
  readonly method: RestMethod;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON, indented. */
  readonly body: string | undefined;
  /** Whether anybody may ask. */
  readonly open: boolean;
  readonly captures: Readonly<Record<string, string>>;
  readonly status: number;
  /** The status in words. */
  readonly answer: string;
}

export interface WalkChapter {
  readonly title: string;
  readonly requests: readonly WalkRequest[];
}

/**
 * The walk over the routes that are served: steps of other routes are left out; routes without a step, which need nothing that was made before, come last.
 * @throws Error for a route that has parameters in its path or takes a body, and no step
 */
export function walkRequests({ rest, own = [], described }: DescribedRoutes, chapters: readonly Chapter[] = walk): WalkChapter[] {
  const routes = new Map<string, AnyRoute>([...rest, ...own, ...described].map((route) => [route.operationId, route]));
  const taken = new Map<string, number>();
  const requestsOf = (steps: readonly WalkStep[]) =>
    steps.flatMap((step) => {
      const route = routes.get(step.operation);
      if (!route) return [];
      const times = (taken.get(step.operation) ?? 0) + 1;
      taken.set(step.operation, times);
      return [requestOf(step, route, times)];
    });
  const walked = chapters.map(({ title, steps }) => ({ title, requests: requestsOf(steps) }));
  const left = [...routes.values()].filter(({ operationId }) => !taken.has(operationId));
  for (const route of left) {
    if (route.path.includes('{') || ('request' in route && (route as { request?: { body?: unknown } }).request?.body))
      throw new Error(`${route.operationId} needs a step in gateway/rest/collections/walk.ts`);
  }
  const last = { title: 'Exploitation', requests: requestsOf(left.map(({ operationId }) => ({ operation: operationId }))) };
  return [...walked, last].filter(({ requests }) => requests.length > 0);
}

function requestOf(step: WalkStep, route: AnyRoute, times: number): WalkRequest {
  const status = step.status ?? successOf(route).status;
  return {
    name: times === 1 ? route.operationId : `${route.operationId}${times}`,
    title: step.title ?? route.summary,
    route,
    method: route.method,
    path: route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = step.params?.[name];
      if (value === undefined) throw new Error(`The walk gives ${route.operationId} no ${name}`);
      return value;
    }),
    query: step.query ?? {},
    body: step.body && JSON.stringify(step.body, null, 2).replace(/"\{\{#(\w+)\}\}"/g, '{{$1}}'),
    open: 'servedElsewhere' in route,
    captures: step.captures ?? {},
    status,
    answer: route.responses[status]?.description ?? 'Refusé, comme la description le dit.',
  };
}

/** The query as it stands in an address, with `?`; variables stay as they are. */
export function queryOf({ query }: Pick<WalkRequest, 'query'>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
