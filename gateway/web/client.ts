import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { clientPolicy } from '../security/content-policy.ts';
import { demoKey, demoStaff } from './explorer.ts';

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Comptoir</title>
<h1>Comptoir is running</h1>
<p>The web client has not been built yet: <code>npm run build -w clients/web</code>, then reload this page.</p>
<p>Meanwhile: <a href="/explorer">explorer</a>, <a href="/docs">REST</a>, <a href="/health">health</a>.</p>
</html>
`;

/** The built web client: its page at / and for every address of the application under /app, its files beside it. It may be built while the gateway runs. `/app-config.json` tells the page whether one has to sign in, and whether it shows a demo. */
export function registerWebClient(root: FastifyInstance, { webRoot, auth, demo }: { webRoot: string; auth: boolean; demo: boolean }): void {
  const folder = resolve(webRoot);

  const page = (reply: FastifyReply) => {
    reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': clientPolicy });
    if (existsSync(join(folder, 'index.html'))) return reply.sendFile('index.html', folder, { cacheControl: false });
    return reply.type('text/html; charset=utf-8').send(notBuilt);
  };

  root.register(async (app) => {
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      preCompressed: true,
      decorateReply: true,
      suppressWarning: true,
    } as never);
    app.get('/app-config.json', (_request, reply) =>
      reply.header('cache-control', 'no-store').send(demo ? { auth, demo, demoKey, demoStaff } : { auth, demo }),
    );
    for (const path of ['/', '/app', '/app/*']) app.get(path, (_request, reply) => page(reply));
    // Names of these files hold a digest of their content: what they name never changes.
    app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
      const file = request.params['*'];
      // The sender would refuse a way out of the folder as well, but as a fault of ours.
      if (/(^|[/\\])\.\.([/\\]|$)|\0/.test(file)) return reply.callNotFound();
      return reply.sendFile(`assets/${file}`, folder, { maxAge: '365d', immutable: true });
    });
    app.get<{ Params: { file: string } }>('/:file', (request, reply) => {
      const { file } = request.params;
      if (!/^[\w-][\w.-]*\.\w+$/.test(file) || !existsSync(join(folder, file))) return reply.callNotFound();
      return reply.sendFile(file, folder, { maxAge: '5m' });
    });
  });
}
