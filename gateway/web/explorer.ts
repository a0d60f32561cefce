import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { explorerPolicy } from '../security/content-policy.ts';

const compress = promisify(gzip);
/** Known to everybody; created by the demo only. */
export const demoKey = 'admin-key-12345';
export const demoStaff = { login: 'admin', password: 'comptoir-demo-1' };

const welcome = `# Comptoir's graph. Your key goes into the tab Headers: {"X-API-Key": "…"}
subscription Results {
  calculationCompleted {
    text
    operation
    workerId
    task {
      id
      submittedBy {
        name
      }
    }
  }
}
`;

/** GraphiQL at /explorer, with everything it needs in the page: it works without the internet. Subscriptions run as server-sent events on /graphql. */
export function registerExplorer(app: FastifyInstance, { demo, defaultQuery }: { demo: boolean; defaultQuery: boolean }): void {
  // The page is some megabytes, so it is made when first wanted and kept compressed.
  let page: Promise<{ plain: Buffer; zipped: Buffer }> | undefined;
  const render = async () => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const options = {
      endpoint: '/graphql',
      title: 'Comptoir explorer',
      headers: JSON.stringify({ 'X-API-Key': demo ? demoKey : '' }, null, 2),
      ...(defaultQuery && { defaultQuery: welcome }),
    };
    const plain = Buffer.from(renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]));
    return { plain, zipped: await compress(plain) };
  };

  app.get('/explorer', async (request, reply) => {
    page ??= render();
    const { plain, zipped } = await page;
    reply
      .type('text/html; charset=utf-8')
      .headers({ vary: 'accept-encoding', 'cache-control': 'no-cache', 'content-security-policy': explorerPolicy });
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return plain;
    reply.header('content-encoding', 'gzip');
    return zipped;
  });
}
