import { z } from 'zod';
import type { DescribedRoute } from './define-route.ts';
import { errorSchema } from './error-schemas.ts';

const tags = ['Exploitation'];

const probe = z
  .looseObject({ status: z.string() })
  .meta({ id: 'Etat', description: 'L’état du service et, pour la disponibilité, de chacune de ses dépendances avec sa latence.' });

const probeRoute = (path: string, operationId: string, summary: string): DescribedRoute => ({
  servedElsewhere: true,
  method: 'GET',
  path,
  operationId,
  summary,
  tags,
  responses: { 200: { description: 'Oui.', schema: probe }, 503: { description: 'Non, ou pas encore.', schema: probe } },
});

const page = (path: string, operationId: string, summary: string): DescribedRoute => ({
  servedElsewhere: true,
  method: 'GET',
  path,
  operationId,
  summary,
  tags: ['Documentation'],
  responses: { 200: { description: 'La page.', schema: z.string(), mediaType: 'text/html' } },
});

/** Where else than at /health the summary is served: clients of the multi-store platform know it there. */
export const healthPaths: readonly string[] = ['/api/v1/health'];

/** The open routes: probes and metrics, which platform's HTTP server serves, and the pages of this description. */
export const operationRoutes: readonly DescribedRoute[] = [
  probeRoute('/health', 'getHealth', 'Résumé de santé'),
  ...healthPaths.map((path) => probeRoute(path, 'getHealthV1', 'Résumé de santé')),
  probeRoute('/health/startup', 'getStartup', 'Sonde : le démarrage est-il achevé ?'),
  probeRoute('/health/live', 'getLiveness', 'Sonde : le processus répond-il ?'),
  probeRoute('/health/ready', 'getReadiness', 'Sonde : le service peut-il prendre du trafic maintenant ?'),
  {
    servedElsewhere: true,
    method: 'GET',
    path: '/metrics',
    operationId: 'getMetrics',
    summary: 'Métriques au format Prometheus',
    tags,
    responses: {
      200: { description: 'Les métriques.', schema: z.string(), mediaType: 'text/plain' },
      401: { description: 'Où `METRICS_TOKEN` est défini : le jeton manque, ou c’en est un autre.', schema: errorSchema },
    },
  },
  {
    servedElsewhere: true,
    method: 'GET',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'Cette description, OpenAPI 3.1',
    tags: ['Documentation'],
    responses: { 200: { description: 'La description.', schema: z.looseObject({ openapi: z.literal('3.1.1') }) } },
  },
  {
    servedElsewhere: true,
    method: 'GET',
    path: '/postman.json',
    operationId: 'getPostmanCollection',
    summary: 'Une collection Postman qui parcourt toutes les routes',
    tags: ['Documentation'],
    responses: { 200: { description: 'La collection, format 2.1.', schema: z.looseObject({ info: z.looseObject({}) }) } },
  },
  {
    servedElsewhere: true,
    method: 'GET',
    path: '/requests.http',
    operationId: 'getHttpFile',
    summary: 'Les mêmes requêtes pour les éditeurs qui lisent les fichiers .http',
    tags: ['Documentation'],
    responses: { 200: { description: 'Le fichier.', schema: z.string(), mediaType: 'text/plain' } },
  },
  page('/docs', 'getDocs', 'Cette description dans Swagger UI'),
  page('/redoc', 'getRedoc', 'Cette description dans ReDoc'),
];
