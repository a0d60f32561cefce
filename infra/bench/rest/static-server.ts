/** The peer: Fastify that answers the same bytes from memory, and does nothing else. */
import Fastify from 'fastify';

const bodies = new Map<string, string>();
const app = Fastify();
app.get('*', (request, reply) => reply.type('application/json; charset=utf-8').send(bodies.get(request.url) ?? bodies.get('')));
await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', (message: { type: string; path: string; body: string }) => {
  if (message.type !== 'ask') return;
  bodies.set(message.path, message.body);
  process.send?.({ type: 'answer' });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready', url: `http://127.0.0.1:${(app.server.address() as { port: number }).port}` });
