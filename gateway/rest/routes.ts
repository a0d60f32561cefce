import { calculationRoutes } from './calculations.ts';
import type { AnyRestRoute, DescribedRoute } from './define-route.ts';
import { operationRoutes } from './operations.ts';

/** Every route of the facade. A new area is a file beside calculations.ts and a line here. */
export const restRoutes: readonly AnyRestRoute[] = [...calculationRoutes];

/** What the gateway serves beside them and the description tells of. */
export const describedRoutes: readonly DescribedRoute[] = [...operationRoutes];
