import { cacheRouteDescriptions } from './cache.ts';
import { calculationRoutes } from './calculations.ts';
import { customerRoutes } from './customers.ts';
import type { AnyRestRoute, DescribedRoute, OwnRouteDescription } from './define-route.ts';
import { edgeRouteDescription } from './edge.ts';
import { multiStoreRoutes } from './multi-store.ts';
import { operationRoutes } from './operations.ts';
import { orderRoutes } from './orders.ts';
import { productRoutes } from './products.ts';
import { sagaRoutes } from './sagas.ts';

/** Every route of the facade. A new area is a file beside calculations.ts and a line here. */
export const restRoutes: readonly AnyRestRoute[] = [
  ...calculationRoutes,
  ...customerRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...multiStoreRoutes,
  ...sagaRoutes,
];

/** What the gateway answers by itself, of what it alone knows. */
export const ownRoutes: readonly OwnRouteDescription[] = [...cacheRouteDescriptions, edgeRouteDescription];

/** What the gateway serves beside them and the description tells of. */
export const describedRoutes: readonly DescribedRoute[] = [...operationRoutes];

/** All that a gateway which lacks nothing tells of. */
export const allRoutes = { rest: restRoutes, own: ownRoutes, described: describedRoutes };
