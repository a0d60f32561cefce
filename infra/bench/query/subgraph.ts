/**
 * One subgraph in a process of its own, cheap enough that the gateway is what is measured: no server but Node's, and who asks the same again is answered
 * from memory.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { type SubgraphName, subgraphs } from './subgraphs.ts';

const { sdl, resolvers } = subgraphs[process.argv[2] as SubgraphName];
const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
const maxAnswers = 20_000;
const answers = new Map<string, Buffer>();
let calls = 0;

async function answer(body: string): Promise<Buffer> {
  const known = answers.get(body);
  if (known) return known;
  const { query, variables, operationName } = JSON.parse(body) as { query: string; variables?: object; operationName?: string };
  const result = await graphql({ schema, source: query, variableValues: variables as never, operationName: operationName ?? null });
  const made = Buffer.from(JSON.stringify(result));
  if (answers.size < maxAnswers) answers.set(body, made);
  return made;
}

const server = createServer((request, response) => {
  calls++;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const body = await answer(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen({ host: '127.0.0.1', port: 0 });
await once(server, 'listening');

process.on('message', (message: { type: string }) => {
  if (message.type === 'ask') process.send?.({ type: 'answer', calls });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready', url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql` });
