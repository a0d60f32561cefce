import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/** `/health`, `/health/startup`, `/health/live`, `/health/ready` and `/metrics` of contract/rest.md. */
export function addProbes(
  app: FastifyInstance,
  { name, health, metrics, healthPaths = [] }: { name: string; health: Health; metrics: Metrics; healthPaths?: readonly string[] },
): void {
  const begun = performance.now();
  const answer = (reply: FastifyReply, ok: boolean, body: object) =>
    reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(body);

  for (const path of ['/health', ...healthPaths]) {
    app.get(path, async (_request, reply) => {
      const { status, ready, dependencies } = await health.report();
      const uptimeSeconds = Math.round((performance.now() - begun) / 1_000);
      return answer(reply, ready, { status, service: name, instance: metrics.instanceId, uptimeSeconds, dependencies });
    });
  }
  app.get('/health/startup', async (_request, reply) => {
    const starting = health.phase() === 'starting';
    return answer(reply, !starting, { status: starting ? 'starting' : 'started' });
  });
  // That it answers at all is what is asked.
  app.get('/health/live', async (_request, reply) => answer(reply, true, { status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const { status, ready, dependencies } = await health.report();
    return answer(reply, ready, { status, dependencies });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
}
