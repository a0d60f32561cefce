import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { httpFile } from './collections/http-file.ts';
import { postmanCollection } from './collections/postman.ts';
import { walkRequests } from './collections/requests.ts';
import { type DescribedRoutes, describeRoutes } from './openapi.ts';

const resolve = createRequire(import.meta.url).resolve;
const swaggerFile = (name: string) => () => join(dirname(resolve('swagger-ui-dist/package.json')), name);

interface ViewerFile {
  readonly path: () => string;
  readonly type: string;
  /** A text of the file that is served as another. */
  readonly instead?: readonly [from: string, to: string];
}

/** The only files of the two viewers that a browser may have; their packages hold far more. */
const files: Readonly<Record<string, ViewerFile>> = {
  '/docs/swagger-ui.css': { path: swaggerFile('swagger-ui.css'), type: 'text/css; charset=utf-8' },
  '/docs/swagger-ui-bundle.js': { path: swaggerFile('swagger-ui-bundle.js'), type: 'text/javascript; charset=utf-8' },
  '/docs/favicon.png': { path: swaggerFile('favicon-32x32.png'), type: 'image/png' },
  '/redoc/redoc.js': {
    path: () => resolve('redoc/bundles/redoc.standalone.js'),
    type: 'text/javascript; charset=utf-8',
    // The picture beside its maker's name would be fetched from the internet.
    instead: ['https://cdn.redoc.ly/redoc/logo-mini.svg', '/docs/favicon.png'],
  },
};

const swaggerStart = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;
const redocStart = `Redoc.init('/openapi.json', { nativeScrollbars: true, hideDownloadButtons: false }, document.getElementById('docs'));\n`;

const page = (title: string, head: string, scripts: readonly string[]) => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/favicon.png">
${head}
</head>
<body style="margin:0">
<div id="docs"></div>
${scripts.map((src) => `<script src="${src}"></script>`).join('\n')}
</body>
</html>
`;

/** Nothing from elsewhere: no script, font, picture or call leaves this gateway. Both viewers write styles as they go; ReDoc searches in a worker made from a blob. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Adds /openapi.json, the same as requests to send at /postman.json and /requests.http, Swagger UI at /docs and ReDoc at /redoc; all of it from this machine. `version` is the same object as long as the routes are the same. */
export function registerDocs(app: FastifyInstance, routes: () => DescribedRoutes, version: () => object): void {
  const ofVersion = (make: () => string) => {
    let made: { readonly version: object; readonly text: string } | undefined;
    return () => {
      if (made?.version !== version()) made = { version: version(), text: make() };
      return made.text;
    };
  };
  const description = ofVersion(() => JSON.stringify(describeRoutes(routes())));
  const collection = ofVersion(() => JSON.stringify(postmanCollection(walkRequests(routes()))));
  const requests = ofVersion(() => httpFile(walkRequests(routes())));
  app.get('/openapi.json', (_request, reply) =>
    secured(reply).type('application/json; charset=utf-8').header('Access-Control-Allow-Origin', '*').send(description()),
  );
  app.get('/postman.json', (_request, reply) => secured(reply).type('application/json; charset=utf-8').send(collection()));
  app.get('/requests.http', (_request, reply) => secured(reply).type('text/plain; charset=utf-8').send(requests()));
  const swagger = page('Comptoir : API', '<link rel="stylesheet" href="/docs/swagger-ui.css">', [
    '/docs/swagger-ui-bundle.js',
    '/docs/start.js',
  ]);
  const redoc = page('Comptoir : référence de l’API', '', ['/redoc/redoc.js', '/redoc/start.js']);
  app.get('/docs', (_request, reply) => secured(reply).type('text/html; charset=utf-8').send(swagger));
  app.get('/redoc', (_request, reply) => secured(reply).type('text/html; charset=utf-8').send(redoc));
  app.get('/docs/start.js', (_request, reply) => secured(reply).type('text/javascript; charset=utf-8').send(swaggerStart));
  app.get('/redoc/start.js', (_request, reply) => secured(reply).type('text/javascript; charset=utf-8').send(redocStart));
  for (const [url, file] of Object.entries(files)) {
    let loaded: ReturnType<typeof load> | undefined;
    app.get(url, async (request, reply) => {
      loaded ??= load(file);
      const { content, tag } = await loaded;
      secured(reply).header('ETag', tag).header('Cache-Control', 'no-cache');
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
      return reply.type(file.type).send(content);
    });
  }
}

async function load({ path, instead }: ViewerFile): Promise<{ content: Buffer; tag: string }> {
  const raw = await readFile(path());
  const content = instead ? Buffer.from(raw.toString('utf8').replaceAll(instead[0], instead[1])) : raw;
  return { content, tag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` };
}

function secured(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
}
