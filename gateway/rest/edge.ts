import type { EdgeReport } from '@comptoir/schema/edge-report.ts';
import { z } from 'zod';
import type { EdgeStream } from '../edge/stream.ts';
import type { OwnRoute, OwnRouteDescription } from './define-route.ts';

const breaker = z
  .enum(['closed', 'open', 'half-open'])
  .meta({ description: 'closed : on demande ; open : on ne demande plus ; half-open : on essaie.' });

const report = z
  .strictObject({
    instance: z.string().meta({ description: 'L’instance qui répond.' }),
    version: z.string().meta({ description: 'Du supergraphe qu’elle sert.' }),
    upstreams: z.array(
      z.strictObject({
        service: z.string(),
        state: breaker,
        failures: z.int().meta({ description: 'Échecs récents.' }),
        instances: z.array(z.strictObject({ url: z.string(), healthy: z.boolean(), state: breaker, inFlight: z.int() })),
      }),
    ),
    cache: z.strictObject({
      kind: z.enum(['redis', 'memory']),
      enabled: z.boolean(),
      hits: z.int(),
      misses: z.int(),
      hitRatio: z.number(),
      keys: z.int(),
      memoryUsedBytes: z.int(),
      connectedClients: z.int(),
    }),
    consumers: z.array(
      z.strictObject({
        consumerId: z.string(),
        consumer: z.string().meta({ description: 'Son nom, que d’autres peuvent porter aussi.' }),
        perMinute: z.int(),
        usedMinute: z.int(),
        perHour: z.int(),
        usedHour: z.int(),
        resetMs: z.int().meta({ description: 'Millisecondes jusqu’à la minute suivante.' }),
        refused: z.int(),
      }),
    ),
    subscriptions: z.strictObject({
      subscriptions: z.int(),
      groups: z.int(),
      upstreams: z.int(),
      consumers: z.int(),
      keptBytes: z.int(),
      waitingBytes: z.int(),
    }),
  })
  .meta({ id: 'EtatDeLaPasserelle' });

const example: EdgeReport = {
  instance: 'gateway-1a2b3c4d',
  version: 'a7682c22c053',
  upstreams: [
    {
      service: 'inventory',
      state: 'closed',
      failures: 0,
      instances: [{ url: 'http://inventory-1:4104/graphql', healthy: true, state: 'closed', inFlight: 2 }],
    },
  ],
  cache: { kind: 'redis', enabled: true, hits: 1_200, misses: 40, hitRatio: 0.97, keys: 36, memoryUsedBytes: 182_400, connectedClients: 2 },
  consumers: [
    {
      consumerId: 'staff:12',
      consumer: 'Camille Exemple',
      perMinute: 100,
      usedMinute: 12,
      perHour: 1_000,
      usedHour: 230,
      resetMs: 41_000,
      refused: 0,
    },
  ],
  subscriptions: { subscriptions: 14, groups: 3, upstreams: 3, consumers: 2, keptBytes: 5_120, waitingBytes: 0 },
};

/** What a gateway tells of itself: breakers, cache, consumers, subscriptions. */
export const edgeRouteDescription: OwnRouteDescription = {
  method: 'GET',
  path: '/api/edge',
  operationId: 'getEdge',
  summary: 'Ce que la passerelle sait d’elle-même : disjoncteurs, cache, limites des consommateurs, abonnements',
  description: 'Avec `Accept: text/event-stream`, l’état puis chacun de ses changements, une fois par seconde au plus.',
  tags: ['Exploitation'],
  roles: ['ADMIN'],
  responses: { 200: { description: 'L’état de cette instance.', schema: report, examples: { calme: example } } },
};

export const edgeRoute = (told: () => Promise<EdgeReport>, stream: EdgeStream): OwnRoute => ({
  ...edgeRouteDescription,
  answer: told,
  stream: stream.serve,
});
