import { z } from 'zod';
import { allowedRoles } from './allowed-roles.ts';
import type { AnyRestRoute, DescribedRoute, OwnRouteDescription, RouteResponse } from './define-route.ts';
import { errorSchema, faultsSchema } from './error-schemas.ts';
import { listQuery } from './lists.ts';
import { refusalCodes } from './outcomes.ts';

type Json = Record<string, unknown>;

export interface DescribedRoutes {
  readonly rest: readonly AnyRestRoute[];
  /** What the gateway answers by itself. */
  readonly own?: readonly OwnRouteDescription[];
  readonly described: readonly DescribedRoute[];
}

/** Addresses that existing clients use; the reverse proxy of infra/deploy leads all of them here. */
const legacyServers = [
  { url: 'http://localhost:8000', description: 'Passerelle et API clients d’avant.' },
  { url: 'http://localhost:9000', description: 'Passerelle d’avant.' },
  { url: 'http://localhost:8001', description: 'API produits d’avant.' },
  { url: 'http://localhost:8002', description: 'API commandes d’avant.' },
  { url: 'http://localhost:5001', description: 'API de calcul d’avant.' },
  { url: 'http://localhost:8080', description: 'Application de magasin d’avant.' },
];

/** The OpenAPI 3.1 description of the facade, made from the same definitions that it is served from. */
export function describeRoutes({ rest, own = [], described }: DescribedRoutes): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  const add = ({ path, method }: { path: string; method: string }, operation: Json) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const route of rest) add(route, restOperation(route, schemas));
  for (const route of own) add(route, ownOperation(route, schemas));
  for (const route of described) add(route, openOperation(route, schemas));
  const responses = Object.fromEntries(
    Object.entries(commonResponses).map(([name, response]) => [name, responseObject(response, schemas)]),
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Comptoir : façade REST',
      version: '1.0.0',
      description: [
        'Une vue REST du graphe : chaque route est une opération GraphQL.',
        'Une barre oblique finale ne change rien. Les listes répondent un tableau JSON, le total est dans `X-Total-Count`.',
        'Toute faute est nommée, toutes à la fois. Une méthode qu’un chemin ne connaît pas : 405 avec `Allow`. Au-delà des limites : 429 avec `Retry-After` ;',
        'les sondes, les métriques et les fichiers du client web ne sont pas comptés.',
        'Certaines lectures sont gardées jusqu’à ce que ce qu’elles disent change : `X-Cache` dit HIT, MISS ou BYPASS, `Age` depuis combien de secondes.',
        '',
        'Les mêmes routes comme requêtes à envoyer : [collection Postman](/postman.json), [fichier .http](/requests.http).',
      ].join('\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Cette passerelle.' }, ...legacyServers],
    tags: [...new Set([...rest, ...own, ...described].flatMap((route) => route.tags))].map((name) => ({ name })),
    security: [{ cleApi: [] }, { jetonApi: [] }, { porteur: [] }],
    paths,
    components: {
      securitySchemes: {
        cleApi: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        jetonApi: { type: 'apiKey', in: 'header', name: 'X-API-Token' },
        porteur: { type: 'http', scheme: 'bearer' },
      },
      schemas,
      headers,
      responses,
    },
  };
}

function restOperation(route: AnyRestRoute, schemas: Json): Json {
  const roles = allowedRoles(route.document);
  const { request } = route;
  const idempotent = route.method === 'POST' && route.document.includes('$idempotencyKey');
  const parameters = [
    ...(request?.params ? parametersOf('path', request.params, schemas) : []),
    ...(request?.query ? parametersOf('query', request.query, schemas) : []),
    ...(route.list ? parametersOf('query', listQuery, schemas) : []),
    ...(idempotent ? [idempotencyKeyParameter] : []),
  ];
  const own = Object.fromEntries(
    Object.entries(route.responses).map(([status, response]) => [
      status,
      responseObject(response, schemas, route.list ? ['X-Total-Count'] : []),
    ]),
  );
  return {
    operationId: route.operationId,
    summary: route.summary,
    description: [route.description, roles && `Rôles admis : ${[...roles].join(', ')}.`].filter(Boolean).join(' '),
    tags: route.tags,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(request?.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(request.body, schemas), examples: examplesOf(request.bodyExamples) } },
          },
        }
      : {}),
    responses: { ...commonTo(route, { roles, idempotent, parameters: parameters.length }), ...own },
  };
}

function ownOperation(route: OwnRouteDescription, schemas: Json): Json {
  const { operationId, summary, description, tags, roles } = route;
  const own = Object.entries(route.responses).map(([status, response]) => [status, responseObject(response, schemas)]);
  return {
    operationId,
    summary,
    description: [description, `Rôles admis : ${roles.join(', ')}.`].filter(Boolean).join(' '),
    tags,
    responses: { ...references(route.method === 'GET' ? ownStatuses : [...ownStatuses, 413, 415]), ...Object.fromEntries(own) },
  };
}
const ownStatuses = [401, 403, 429, 500, 503] as const;

function openOperation(route: DescribedRoute, schemas: Json): Json {
  const { operationId, summary, description, tags } = route;
  const own = Object.entries(route.responses).map(([status, response]) => [status, responseObject(response, schemas)]);
  const responses = { ...references([429]), ...Object.fromEntries(own) };
  return { operationId, summary, ...(description ? { description } : {}), tags, security: [], responses };
}

/** References to the answers that the rules for every route add to a route's own. */
function commonTo(
  route: AnyRestRoute,
  { roles, idempotent, parameters }: { roles: ReadonlySet<string> | null; idempotent: boolean; parameters: number },
): Json {
  const statuses: (keyof typeof commonResponses)[] = [401, 429, 500, 503];
  if (roles) statuses.push(403);
  const refused = refusalCodes(route);
  if (route.request?.params || refused.includes('NOT_FOUND')) statuses.push(404);
  if (idempotent || refused.includes('CONFLICT')) statuses.push(409);
  // Also where a route takes no body: what is sent all the same is read off the wire.
  if (route.method !== 'GET') statuses.push(413, 415);
  if (!route.invalidBody && (route.request?.body || parameters > 0)) statuses.push(422);
  return references(statuses);
}

function references(statuses: readonly (keyof typeof commonResponses)[]): Json {
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]));
}

const commonResponses = {
  401: {
    description: 'Clé absente ou invalide.',
    schema: errorSchema,
    examples: { refus: { detail: 'Clé d’API absente ou invalide' } },
    headers: ['WWW-Authenticate'],
  },
  403: { description: 'La clé ne donne pas ce droit.', schema: errorSchema, examples: { refus: { detail: 'Droits insuffisants' } } },
  404: { description: 'La ressource n’existe pas.', schema: errorSchema, examples: { refus: { detail: 'Ressource non trouvée' } } },
  409: {
    description:
      'Conflit : la valeur est prise, la ressource a changé entre-temps, ou la clé d’idempotence a servi pour une autre requête.',
    schema: errorSchema,
    examples: { refus: { detail: 'Cette clé d’idempotence a déjà servi pour une autre requête' } },
  },
  413: {
    description: 'Le corps est trop volumineux.',
    schema: errorSchema,
    examples: { refus: { detail: 'Corps de requête trop volumineux' } },
  },
  415: {
    description: 'Le corps n’est pas annoncé comme JSON, ou il est compressé.',
    schema: errorSchema,
    examples: { refus: { detail: 'Type de contenu non pris en charge : application/json attendu.' } },
  },
  422: {
    description: 'Données invalides.',
    schema: faultsSchema,
    examples: { refus: { detail: [{ loc: ['body', 'nom'], msg: 'Champ requis', type: 'missing' }] } },
  },
  429: {
    description: 'Trop de requêtes.',
    schema: errorSchema,
    examples: { refus: { detail: 'Trop de requêtes. Réessayez dans 12 s.' } },
    headers: ['Retry-After'],
  },
  500: {
    description: 'Erreur interne.',
    schema: errorSchema,
    examples: { refus: { detail: 'Erreur interne (référence 01920f5c-0d7e-7c11-9d55-6a2f0c6f8a01)' } },
  },
  503: {
    description: 'Une partie nécessaire ne répond pas ; réessayer plus tard.',
    schema: errorSchema,
    examples: { refus: { detail: 'Service momentanément indisponible' } },
    headers: ['Retry-After'],
  },
} as const;

const text = { type: 'string' };
const integer = { type: 'integer' };
const headers: Json = {
  'X-Instance-Id': { description: 'L’instance de la passerelle qui a répondu.', schema: text },
  'X-Request-Id': { description: 'Celui de la requête s’il y en avait un, sinon un nouveau.', schema: text },
  'X-Response-Time': { description: 'Durée du traitement, en millisecondes.', schema: { type: 'number' } },
  'RateLimit-Limit': { description: 'Requêtes admises dans la fenêtre la plus entamée.', schema: integer },
  'RateLimit-Remaining': { description: 'Requêtes qui restent dans cette fenêtre.', schema: integer },
  'RateLimit-Reset': { description: 'Secondes jusqu’à la fin de cette fenêtre.', schema: integer },
  'RateLimit-Policy': { description: 'Toutes les fenêtres.', schema: text },
  'Retry-After': { description: 'Secondes à attendre.', schema: integer },
  'WWW-Authenticate': { description: 'Comment s’authentifier.', schema: text },
  'X-Total-Count': { description: 'Nombre total d’éléments.', schema: integer },
};
const everyAnswer = [
  'X-Instance-Id',
  'X-Request-Id',
  'X-Response-Time',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
];

const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Même clé et même corps : la première réponse, sans rien refaire. Même clé, autre corps : 409.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function responseObject(response: RouteResponse & { headers?: readonly string[] }, schemas: Json, more: readonly string[] = []): Json {
  const { description, schema, examples, mediaType = 'application/json' } = response;
  const names = [...everyAnswer, ...(response.headers ?? []), ...more];
  return {
    description,
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    ...(schema
      ? { content: { [mediaType]: { schema: schemaOf(schema, schemas), ...(examples ? { examples: examplesOf(examples) } : {}) } } }
      : {}),
  };
}

function examplesOf(examples: Readonly<Record<string, unknown>> = {}): Json {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name.replaceAll(' ', '-'), { summary: name, value }]));
}

function parametersOf(place: 'path' | 'query', type: z.ZodType, schemas: Json): Json[] {
  const { properties = {}, required = [] } = schemaOf(type, schemas) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema,
  }));
}

/** As JSON Schema; types with an id go to the description's components and are referred to. */
function schemaOf(type: z.ZodType, schemas: Json): Json {
  const { $schema: _, $defs = {}, ...schema } = z.toJSONSchema(type, { io: 'input' }) as Json & { $defs?: Json };
  for (const [id, definition] of Object.entries($defs)) schemas[id] = toComponents(definition);
  return toComponents(schema) as Json;
}

function toComponents(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toComponents);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' ? [key, value.replace('#/$defs/', '#/components/schemas/')] : [key, toComponents(value)],
    ),
  );
}
