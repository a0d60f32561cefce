/** The peer: Fastify that answers the same bytes from memory, head and body, and does nothing else. */
import Fastify from 'fastify';

interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const answers = new Map<string, Answer>();
const app = Fastify();
app.get('*', (request, reply) => {
  const answer = answers.get(request.url);
  return answer ? reply.headers(answer.headers).send(answer.body) : reply.code(404).send();
});
await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', (message: { type: string; path: string } & Answer) => {
  if (message.type !== 'ask') return;
  answers.set(message.path, message);
  process.send?.({ type: 'answer' });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready', url: `http://127.0.0.1:${(app.server.address() as { port: number }).port}` });
