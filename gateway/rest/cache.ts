import { z } from 'zod';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { OwnRoute, OwnRouteDescription } from './define-route.ts';

const tags = ['Plateforme multi-magasins : cache'];

const stats = z
  .strictObject({
    enabled: z.boolean(),
    hits: z.int().meta({ description: 'Réponses données du cache par cette instance, depuis son démarrage.' }),
    misses: z.int().meta({ description: 'Réponses qu’il a fallu faire.' }),
    keys: z.int().meta({ description: 'Réponses gardées.' }),
    memory_used: z.int().meta({ description: 'En octets ; avec Redis, tout ce qu’il occupe.' }),
    connected_clients: z.int().meta({ description: 'Connexions à Redis ; 0 sans lui.' }),
  })
  .meta({ id: 'EtatDuCache' });

const example = { enabled: true, hits: 1_200, misses: 40, keys: 36, memory_used: 182_400, connected_clients: 2 };

interface CacheRoute extends OwnRouteDescription {
  readonly answerFrom: (cache: ResponseCache) => Promise<unknown>;
}

/** The gateway's cache: the row cache of the REST contract. */
export const cacheRouteDescriptions: readonly CacheRoute[] = [
  {
    method: 'GET',
    path: '/api/v1/cache/stats',
    operationId: 'getCacheStats',
    summary: 'L’état du cache',
    tags,
    roles: ['ADMIN', 'MANAGER', 'ANALYST'],
    async answerFrom(cache) {
      const { enabled, hits, misses, keys, memoryUsedBytes, connectedClients } = await cache.report();
      return { enabled, hits, misses, keys, memory_used: memoryUsedBytes, connected_clients: connectedClients };
    },
    responses: { 200: { description: 'L’état du cache.', schema: stats, examples: { partagé: example } } },
  },
  {
    method: 'DELETE',
    path: '/api/v1/cache/clear',
    operationId: 'clearCache',
    summary: 'Vider le cache, pour toutes les instances qui le partagent',
    tags,
    roles: ['ADMIN'],
    answerFrom: (cache) => cache.clear(),
    responses: { 204: { description: 'Rien de ce qui était gardé ne sera plus donné.' } },
  },
];

export const cacheRoutes = (cache: ResponseCache): readonly OwnRoute[] =>
  cacheRouteDescriptions.map(({ answerFrom, ...route }) => ({ ...route, answer: () => answerFrom(cache) }));
