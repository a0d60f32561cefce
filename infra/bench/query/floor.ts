/** The floor: what a gateway has to do at least, written by hand for these three operations. It asks the subgraphs, puts together what they answer, and knows no schema. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { type OperationName, operations } from './operations.ts';

type Row = Record<string, unknown> & { id: string };
type Review = { rating: number; author: Row };

const urls = JSON.parse(process.env.BENCH_SUBGRAPHS ?? '{}') as Record<string, string>;
const pools = new Map(Object.entries(urls).map(([name, url]) => [name, new Pool(new URL(url).origin, { connections: 50 })]));
const headers = { 'content-type': 'application/json' };

async function ask(name: string, query: string, variables: object): Promise<Record<string, unknown>> {
  const pool = pools.get(name) as Pool;
  const { body } = await pool.request({ method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query, variables }) });
  return ((await body.json()) as { data: Record<string, unknown> }).data;
}

const products = async (fields: string, after: number) =>
  (await ask('catalogue', `query ($after: Int!) { products(after: $after) { ${fields} } }`, { after })).products as Row[];

async function entities(name: string, type: string, fields: string, ids: readonly string[]): Promise<Row[]> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`;
  return (await ask(name, query, { of: ids.map((id) => ({ __typename: type, id })) }))._entities as Row[];
}

const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);
const byId = async (ids: readonly string[], load: (distinct: string[]) => Promise<Row[]>) => {
  const distinct = [...new Set(ids)];
  const found = await load(distinct);
  return new Map(distinct.map((id, n) => [id, found[n] as Row]));
};

const answers: Readonly<Record<OperationName, (after: number) => Promise<object>>> = {
  list: (after) => products('id name price category', after),
  async entities(after) {
    const rows = await products('id name price category', after);
    const [stock, reviews] = await Promise.all([
      entities('stock', 'Product', 'stock { quantity place }', idsOf(rows)),
      entities('reviews', 'Product', 'reviews { rating text }', idsOf(rows)),
    ]);
    return rows.map((row, n) => ({ ...row, stock: stock[n]?.stock, reviews: reviews[n]?.reviews }));
  },
  async nested(after) {
    const rows = await products('id name', after);
    const reviewed = await entities('reviews', 'Product', 'reviews { rating author { id } }', idsOf(rows));
    const authorIds = reviewed.flatMap(({ reviews }) => (reviews as Review[]).map(({ author }) => author.id));
    const authors = await byId(authorIds, (ids) => entities('accounts', 'User', 'name city favourite { id }', ids));
    const favouriteIds = [...authors.values()].map(({ favourite }) => (favourite as Row).id);
    const favourites = await byId(favouriteIds, (ids) => entities('catalogue', 'Product', 'name price', ids));
    const complete = ({ rating, author }: Review) => {
      const { name, city, favourite } = authors.get(author.id) as Row;
      return { rating, author: { name, city, favourite: favourites.get((favourite as Row).id) } };
    };
    return rows.map(({ id, name }, n) => ({ id, name, reviews: ((reviewed[n] as Row).reviews as Review[]).map(complete) }));
  },
};
const byQuery = new Map(Object.entries(operations).map(([name, { query }]) => [query, answers[name as OperationName]]));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables: { after: number } };
    const found = await byQuery.get(query)?.(variables.after);
    const body = Buffer.from(JSON.stringify({ data: { products: found } }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
await once(server, 'listening');

process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
