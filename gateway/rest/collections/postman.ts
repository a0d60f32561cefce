import { queryOf, type WalkChapter, type WalkRequest } from './requests.ts';

/** Where a client asks, and with which key: those of the demo. */
export const collectionDefaults = { baseUrl: 'http://localhost:4000', apiKey: 'admin-key-12345' } as const;

/** The walk as a Postman collection (format 2.1): run as a whole, it asserts every status that the walk expects. */
export function postmanCollection(chapters: readonly WalkChapter[]): object {
  const variables = Object.entries(collectionDefaults).map(([key, value]) => ({ key, value }));
  const captured = chapters.flatMap(({ requests }) => requests.flatMap(({ captures }) => Object.keys(captures)));
  return {
    info: {
      // Fixed, so that an import replaces the one before.
      _postman_id: '6f1c6f3e-5a43-4f0c-9d57-0f7a2c7b9a10',
      name: 'Comptoir : façade REST',
      description:
        'Toutes les routes, dans un ordre qui marche : ce qui est lu, modifié et supprimé a été créé avant. Adresse et clé : variables baseUrl et apiKey.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-API-Key', type: 'string' },
        { key: 'value', value: '{{apiKey}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    },
    variable: [...variables, ...captured.map((key) => ({ key, value: '' }))],
    item: chapters.map(({ title, requests }) => ({ name: title, item: requests.map(itemOf) })),
  };
}

function itemOf(request: WalkRequest): object {
  const { method, path, body, title, open, route } = request;
  return {
    name: title,
    request: {
      method,
      ...(open ? { auth: { type: 'noauth' } } : {}),
      header: body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
      url: {
        raw: `{{baseUrl}}${path}${queryOf(request)}`,
        host: ['{{baseUrl}}'],
        path: path.slice(1).split('/'),
        query: Object.entries(request.query).map(([key, value]) => ({ key, value })),
      },
      ...(body === undefined ? {} : { body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } } }),
      ...(route.description ? { description: route.description } : {}),
    },
    response: [],
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: testOf(request) } }],
  };
}

function testOf({ status, answer, captures }: WalkRequest): string[] {
  return [
    `pm.test(${JSON.stringify(`${status} : ${answer}`)}, () => pm.response.to.have.status(${status}));`,
    `pm.test('X-Request-Id', () => pm.response.to.have.header('X-Request-Id'));`,
    ...Object.entries(captures).map(
      ([variable, field]) => `pm.collectionVariables.set(${JSON.stringify(variable)}, pm.response.json()[${JSON.stringify(field)}]);`,
    ),
  ];
}
