import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import { findPage, type ListOrder } from './list.ts';
import { createMetrics } from './metrics.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { executedStatements } from './testing/executed-statements.ts';
import { testLog } from './testing/log.ts';

const metrics = createMetrics({ service: 'list', instanceId: 'test', processMetrics: false });
let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = createDatabase({ url: server.url, database: `${server.prefix}list`, migrations: [] }, { log: testLog(), metrics });
  await database.start();
  await database.query(
    'CREATE TABLE word (id bigint PRIMARY KEY, length int NOT NULL, text text COLLATE "C" NOT NULL, said_at timestamptz)',
  );
  await database.query(
    `INSERT INTO word SELECT id, length(text), text, timestamptz '2026-02-27' - id / 2 * interval '1 microsecond' FROM unnest('{un,deux,trois,quatre,cinq,six,sept}'::text[]) WITH ORDINALITY AS w(text, id)`,
  );
});
afterAll(async () => {
  await database.stop();
  await server[Symbol.asyncDispose]();
});

const byLength: ListOrder = {
  name: 'LENGTH',
  columns: [
    { sql: 'w.length', kind: 'int' },
    { sql: 'w.text', kind: 'text' },
  ],
};
interface Word {
  readonly text: string;
}
const words = (page: Partial<Parameters<typeof findPage>[2]>, order = byLength, longest = 6) =>
  findPage<Word, string>(
    database.fork(),
    { columns: 'w.text', from: 'word w WHERE w.length <= $1', parameters: [longest], order, toNode: ({ text }) => text },
    { first: 3, ...page },
  );
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const before = await executedStatements(metrics);
  await work();
  return (await executedStatements(metrics)) - before;
}

describe('a list in the database', () => {
  it.each([
    ['upwards', byLength, ['un', 'six', 'cinq', 'deux', 'sept', 'trois', 'quatre']],
    ['downwards', { ...byLength, descending: true }, ['quatre', 'trois', 'sept', 'deux', 'cinq', 'six', 'un']],
    [
      'by an instant, to the microsecond',
      {
        name: 'SAID',
        columns: [
          { sql: 'w.said_at', kind: 'instant' },
          { sql: 'w.id', kind: 'int' },
        ],
      } as ListOrder,
      ['six', 'sept', 'quatre', 'cinq', 'deux', 'trois', 'un'],
    ],
    ['by a bigint', { name: 'ID', columns: [{ sql: 'w.id', kind: 'int' }], descending: true } as ListOrder, undefined],
  ])('is walked through by cursors %s', async (_way, order, expected) => {
    const walked: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof words>> = await words({ after }, order);
      walked.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(walked).toEqual(expected ?? ['sept', 'six', 'cinq', 'quatre', 'trois', 'deux', 'un']);
  });

  it('is passed over by an offset, and counted whatever is shown of it', async () => {
    const page = await words({ offset: 2, counted: true }, byLength, 4);
    expect(page).toMatchObject({ nodes: ['cinq', 'deux', 'sept'], pageInfo: { hasNextPage: false } });
    expect(await page.totalCount()).toBe(5);
  });

  it.each([
    ['counted with its page', 1, async () => (await words({ counted: true })).totalCount()],
    ['not counted', 1, () => words({})],
    ['counted where it is empty', 1, async () => (await words({ counted: true }, byLength, 0)).totalCount()],
    ['counted beyond its end', 2, async () => (await words({ counted: true, offset: 9 })).totalCount()],
    ['counted though nobody said so before', 2, async () => (await words({})).totalCount()],
  ])('%s takes so many statements: %i', async (_how, expected, work) => {
    expect(await statementsOf(work)).toBe(expected);
  });

  it.each([
    ['with its page', { counted: true }, 6, 7],
    ['beyond its end', { counted: true, offset: 9 }, 6, 7],
    ['though nobody said so before', {}, 4, 5],
    ['where it is empty', { counted: true }, 0, 0],
  ])('is counted %s', async (_how, page, longest, expected) => {
    expect(await (await words(page, byLength, longest)).totalCount()).toBe(expected);
  });

  it('has further columns of what is shown, and nothing is evaluated for what is passed over', async () => {
    await database.query('CREATE SEQUENCE evaluated');
    const { nodes } = await findPage<Word & { n: string; given: string }>(
      database.fork(),
      {
        columns: 'w.text',
        from: 'word w WHERE w.length <= $1',
        parameters: [6],
        order: byLength,
        shown: (bind) => `nextval('evaluated') AS n, page.text || ${bind('!')} AS given`,
      },
      { first: 2, offset: 3 },
    );
    expect(nodes).toMatchObject([
      { n: '1', given: 'deux!' },
      { n: '2', given: 'sept!' },
    ]);
  });
});
