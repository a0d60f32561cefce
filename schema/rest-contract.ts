import { existsSync } from 'node:fs';

/** Who answers a route: a subgraph by the name of its SDL, or the gateway itself. */
export type RestOwner =
  | 'gateway'
  | 'compute'
  | 'customers'
  | 'inventory'
  | 'orders'
  | 'sagas'
  | 'retail'
  | 'reporting'
  | 'support'
  | 'models'
  | 'devices';

/** One route that existing clients use and that therefore cannot change. */
export interface ContractRoute {
  readonly area: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it, without a trailing slash. */
  readonly path: string;
  readonly owner: RestOwner;
}

const platform = '/api/v1';

/** The tables of the REST contract, row by row: prefix, owner, then methods and path as the contract writes them. */
const areas: readonly { readonly area: string; readonly owner: RestOwner; readonly prefix?: string; readonly routes: readonly string[] }[] =
  [
    {
      area: 'Calculations',
      owner: 'compute',
      prefix: '/api',
      routes: [
        'POST /send_task',
        'GET /stats',
        'GET /queue_status',
        'GET /recent_results',
        'GET /web_results',
        'GET /auto_results',
        'POST /clear_stats',
      ],
    },
    {
      area: 'Multi-store: inventory',
      owner: 'inventory',
      prefix: platform,
      routes: ['GET/POST /products', 'GET/PUT/DELETE /products/{id}', 'GET/POST /categories', 'GET /stock', 'PUT /stock/{product_id}'],
    },
    { area: 'Multi-store: e-commerce', owner: 'customers', prefix: platform, routes: ['GET/POST /customers', 'GET /customers/{id}'] },
    {
      area: 'Multi-store: e-commerce',
      owner: 'orders',
      prefix: platform,
      routes: ['GET/POST /orders', 'GET /orders/{id}', 'GET/POST /carts', 'GET/PUT /carts/{cart_id}'],
    },
    {
      area: 'Multi-store: retail',
      owner: 'retail',
      prefix: platform,
      routes: [
        'GET/POST /stores',
        'GET/PUT/DELETE /stores/{id}',
        'GET /stores/{id}/stock',
        'GET /cash-registers',
        'GET/POST /sales',
        'POST /returns',
      ],
    },
    {
      area: 'Multi-store: reporting',
      owner: 'reporting',
      prefix: platform,
      routes: [
        'GET /reports/sales',
        'GET /reports/inventory',
        'GET /reports/performance',
        'GET /reports/kpis',
        'POST /reports/custom',
        'GET /analytics/trends',
        'GET /dashboards',
      ],
    },
    {
      area: 'Multi-store: sagas',
      owner: 'sagas',
      prefix: platform,
      routes: ['POST /customers/{customer_id}/order-processing', 'GET /sagas/{saga_id}', 'GET /sagas'],
    },
    { area: 'Multi-store: cache', owner: 'gateway', prefix: platform, routes: ['GET /cache/stats', 'DELETE /cache/clear'] },
    { area: 'Multi-store: service', owner: 'gateway', prefix: platform, routes: ['GET /health'] },
    { area: 'PayeTonKawa', owner: 'customers', routes: ['GET/POST /customers', 'GET/PUT/DELETE /customers/{id}'] },
    { area: 'PayeTonKawa', owner: 'inventory', routes: ['GET/POST /products', 'GET/PUT/DELETE /products/{id}'] },
    { area: 'PayeTonKawa', owner: 'orders', routes: ['GET/POST /orders', 'GET/PUT/DELETE /orders/{id}'] },
    {
      area: 'Operations',
      owner: 'gateway',
      routes: [
        'GET /health',
        'GET /health/startup',
        'GET /health/live',
        'GET /health/ready',
        'GET /metrics',
        'GET /docs',
        'GET /redoc',
        'GET /openapi.json',
      ],
    },
    {
      area: 'Bugs',
      owner: 'support',
      prefix: '/api/bugs',
      routes: ['GET/POST /', 'GET/PATCH /{bug_id}', 'POST /{bug_id}/comments', 'GET /metrics/summary', 'GET /metrics/trends'],
    },
    {
      area: 'Models',
      owner: 'models',
      prefix: '/api/ml/models',
      routes: ['POST /upload', 'GET /', 'POST /{id}/train', 'POST /{id}/predict', 'GET /{id}/metrics', 'DELETE /{id}'],
    },
    {
      area: 'Firmware',
      owner: 'devices',
      prefix: '/api/firmware',
      routes: [
        'POST /upload',
        'GET /versions',
        'POST /deploy',
        'GET /devices/{id}/current',
        'POST /rollback',
        'GET /deployment/{id}/status',
      ],
    },
    {
      area: 'Report files',
      owner: 'reporting',
      prefix: '/api/reports',
      routes: ['POST /generate', 'GET /templates', 'POST /schedule', 'GET /history', 'GET /{id}/download', 'DELETE /schedule/{id}'],
    },
  ];

/** Every route of the REST contract, in its order. */
export const contractRoutes: readonly ContractRoute[] = areas.flatMap(({ area, owner, prefix = '', routes }) =>
  routes.flatMap((row) => {
    const [methods = '', path = ''] = row.split(' ');
    return methods
      .split('/')
      .map((method) => ({ area, owner, method: method as ContractRoute['method'], path: prefix + (path === '/' ? '' : path) }));
  }),
);

/** Whether there is who answers the routes of this owner: a subgraph is there once its SDL is. */
export function ownerExists(owner: RestOwner): boolean {
  return owner === 'gateway' || existsSync(new URL(`./sdl/${owner}.graphql`, import.meta.url));
}
